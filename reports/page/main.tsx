import './language.ts'
import { render } from 'preact'
import 'uplot/dist/uPlot.min.css'
import './styles/tokens.css'
import './styles/page.css'
import './styles/objectives.css'
import './styles/timeline.css'
import { capital } from '../run/words.ts'
import type { PageData } from './page-data.ts'
import { Report } from './report.tsx'
import { startTheme } from './theme.ts'

/** Written into the file by reports/render/html.ts, from values that a schema has read. */
const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? 'null')

startTheme()
document.title = `${capital(data.verdict.verdict)} · ${data.plan.name} · gauntlet`
const root = document.getElementById('root')
if (root !== null) render(<Report data={data} />, root)
