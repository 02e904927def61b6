import { globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { consoleText, toJunit, toMarkdown, toPageData } from '../../reports/render/index.ts'
import { encodeVerdict } from '../../slo/judge/index.ts'
import { judgeFolder } from '../run/judge-folder.ts'

/** Recorded runs with the verdicts and reports they must give. */
export const GOLDEN = resolve(import.meta.dirname, '../../reports/golden')

/** The folders of the golden runs, sorted. */
export function goldenRuns(): string[] {
  return globSync('*/run.json', { cwd: GOLDEN })
    .map((path) => join(GOLDEN, dirname(path)))
    .sort()
}

/** What a recorded run must give, by file below its folder. The page is held by its data: its program may change. */
export async function goldenOutputs(folder: string): Promise<ReadonlyMap<string, string>> {
  const { record, verdict } = await judgeFolder(folder)
  return new Map([
    ['verdict.json', encodeVerdict(verdict)],
    ['report/console.txt', `${consoleText(record, verdict, { colour: false }).trimEnd()}\n`],
    ['report/summary.md', toMarkdown(record, verdict)],
    ['report/junit.xml', toJunit(record, verdict)],
    ['report/page-data.json', `${JSON.stringify(toPageData(record, verdict), null, 1)}\n`],
  ])
}
