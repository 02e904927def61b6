import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundlePage, toHtml, toJunit, toMarkdown, toPageData } from '../../reports/render/index.ts'
import type { RunRecord, Verdict } from '../../reports/run/index.ts'
import { writable } from './recorder.ts'
import { cacheFolder } from './tools.ts'

/** Writes report/ of a run folder: the page, JUnit and the summary. Gives their paths. */
export async function writeReports(
  folder: string,
  { record, verdict }: { readonly record: RunRecord; readonly verdict: Verdict },
): Promise<string[]> {
  const bundle = await bundlePage({ cacheFolder: cacheFolder() })
  const reports = [
    ['index.html', toHtml(toPageData(record, verdict), bundle)],
    ['junit.xml', toJunit(record, verdict)],
    ['summary.md', toMarkdown(record, verdict)],
  ] as const
  const report = join(folder, 'report')
  await writable(report, async () => {
    await mkdir(report, { recursive: true })
    for (const [name, text] of reports) await writeFile(join(report, name), text)
  })
  return reports.map(([name]) => join(report, name))
}
