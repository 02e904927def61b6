import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  bundlePage,
  comparisonHtml,
  comparisonJunit,
  comparisonMarkdown,
} from '../../../reports/render/index.ts'
import type { Comparison } from '../../../reports/run/index.ts'
import { cacheFolder } from '../draft/tools.ts'
import { writable } from '../record/recorder.ts'

/** Writes comparison.json and report/, the only files of the folder that are made from the rest. */
export async function keepComparison(folder: string, comparison: Comparison): Promise<void> {
  const bundle = await bundlePage({ cacheFolder: cacheFolder() })
  const files = [
    ['comparison.json', `${JSON.stringify(comparison, null, 1)}\n`],
    ['report/junit.xml', comparisonJunit(comparison)],
    ['report/summary.md', comparisonMarkdown(comparison)],
    ['report/index.html', comparisonHtml(comparison, bundle)],
  ] as const
  await writable(folder, async () => {
    await mkdir(join(folder, 'report'), { recursive: true })
    for (const [name, text] of files) await writeFile(join(folder, name), text)
  })
}
