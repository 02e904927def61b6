import './language.ts'
import { render } from 'preact'
import 'uplot/dist/uPlot.min.css'
import './styles/tokens.css'
import './styles/page.css'
import './styles/objectives.css'
import './styles/timeline.css'
import './styles/comparison.css'
import { ComparisonReport } from './comparison-report.tsx'
import type { ComparisonPageData, PageData } from './page-data.ts'
import { Report } from './report.tsx'
import { startTheme } from './theme.ts'

/** Written into the file by reports/render/html.ts, from values that a schema has read. */
const data: PageData | ComparisonPageData = JSON.parse(document.getElementById('data')?.textContent ?? 'null')

startTheme()
const root = document.getElementById('root')
const page = 'comparison' in data ? <ComparisonReport data={data} /> : <Report data={data} />
if (root !== null) render(page, root)
