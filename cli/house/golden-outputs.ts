import { existsSync, globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  comparisonJunit,
  comparisonMarkdown,
  comparisonText,
  consoleText,
  toChaosToolkit,
  toComparisonPage,
  toJunit,
  toMarkdown,
  toPageData,
} from '../../reports/render/index.ts'
import { encodeVerdict } from '../../slo/judge/index.ts'
import { readComparison } from '../run/compare/comparison-record.ts'
import { judgeComparison } from '../run/compare/judge-comparison.ts'
import { judgeFolder } from '../run/judge/judge-folder.ts'

/** Recorded runs with the verdicts and reports they must give. */
export const GOLDEN = resolve(import.meta.dirname, '../../reports/golden')

/** The folders of the golden runs and comparisons, sorted. */
export function goldenRuns(): string[] {
  return globSync('*/plan.json', { cwd: GOLDEN })
    .map((path) => join(GOLDEN, dirname(path)))
    .sort()
}

/** What a recorded run must give, by file below its folder. The page is held by its data: its program may change. */
export async function goldenOutputs(folder: string): Promise<ReadonlyMap<string, string>> {
  if (existsSync(join(folder, 'evidence', 'sides.json'))) return comparisonOutputs(folder)
  const { record, verdict } = await judgeFolder(folder)
  return new Map([
    ['verdict.json', encodeVerdict(verdict)],
    ['report/console.txt', `${consoleText(record, verdict, { colour: false }).trimEnd()}\n`],
    ['report/summary.md', toMarkdown(record, verdict)],
    ['report/junit.xml', toJunit(record, verdict)],
    ['report/page-data.json', `${JSON.stringify(toPageData(record, verdict), null, 1)}\n`],
    ...[...toChaosToolkit(record, verdict)].map(
      ([name, text]) => [`report/chaos-toolkit/${name}.json`, text] as const,
    ),
  ])
}

async function comparisonOutputs(folder: string): Promise<ReadonlyMap<string, string>> {
  const comparison = judgeComparison(await readComparison(folder))
  return new Map([
    ['comparison.json', `${JSON.stringify(comparison, null, 1)}\n`],
    ['report/console.txt', `${comparisonText(comparison, { colour: false })}\n`],
    ['report/summary.md', comparisonMarkdown(comparison)],
    ['report/junit.xml', comparisonJunit(comparison)],
    ['report/page-data.json', `${JSON.stringify(toComparisonPage(comparison), null, 1)}\n`],
  ])
}
