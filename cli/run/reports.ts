import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundlePage, toHtml, toJunit, toMarkdown, toPageData } from '../../reports/render/index.ts'
import type { RunRecord, Verdict } from '../../reports/run/index.ts'
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
  await mkdir(join(folder, 'report'), { recursive: true })
  const paths = []
  for (const [name, text] of reports) {
    const path = join(folder, 'report', name)
    await writeFile(path, text)
    paths.push(path)
  }
  return paths
}
