import { mkdir } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { historyText, jsonDocument, shellWord } from '../../../reports/render/index.ts'
import { GauntletError, type HistoryEntry, nearestHint } from '../../../reports/run/index.ts'
import { projectRootFor } from '../../config/load-config.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { type Judged, judgeFolder } from '../judge/judge-folder.ts'
import { findEndedRun } from '../record/find-run.ts'
import { writable } from '../record/recorder.ts'
import { appendHistory, readHistory } from './history-file.ts'
import { historySeries } from './history-series.ts'

export interface HistoryOptions {
  readonly config?: string
  readonly file?: string
  readonly json: boolean
}

/** Judges a run and appends what it measured; a run that stands there already is not added twice. */
export async function addToHistory(
  given: string,
  options: HistoryOptions,
  terminal: Terminal,
): Promise<void> {
  const projectRoot = projectRootFor(terminal.cwd, options.config)
  const path = historyPath(options, terminal)
  const folder = await findEndedRun(given, { cwd: terminal.cwd, projectRoot })
  const entry = entryOf(await judgeFolder(folder))
  const { entries } = await readHistory(path)
  const isNew = !entries.some((one) => JSON.stringify(one) === JSON.stringify(entry))
  if (isNew) await writable(path, () => keep(path, entry, options))
  const runs = new Set([...entries.map(({ run }) => run), entry.run]).size
  const file = relative(terminal.cwd, path)
  terminal.out(
    options.json
      ? jsonDocument({ schema: 'gauntlet/history-added/1', file, run: entry.run, added: isNew, runs })
      : `${isNew ? 'added' : 'already there'}: ${entry.run}, ${entry.verdict}; ${runs} in ${file}`,
  )
}

/** Each objective's values, run by run, with the places where they change. */
export async function showHistory(
  { plan, ...options }: HistoryOptions & { readonly plan?: string },
  terminal: Terminal,
): Promise<void> {
  const path = historyPath(options, terminal)
  const { entries, broken } = await readHistory(path)
  const runs = ofPlan(entries, plan)
  const series = historySeries(runs)
  const file = relative(terminal.cwd, path)
  terminal.out(
    options.json
      ? jsonDocument({ schema: 'gauntlet/history-series/1', file, broken, series })
      : historyText({ file, runs: runs.length, broken, series, add: addCommand(options) }),
  )
}

const addCommand = ({ file }: HistoryOptions): string =>
  `gauntlet history add last${file === undefined ? '' : ` --file ${shellWord(file)}`}`

/** The folder of a file that was named is the user's own, and is not made: it may be a wrong path. */
async function keep(path: string, entry: HistoryEntry, { file }: HistoryOptions): Promise<void> {
  if (file === undefined) await mkdir(dirname(path), { recursive: true })
  await appendHistory(path, entry)
}

function ofPlan(entries: readonly HistoryEntry[], plan: string | undefined): readonly HistoryEntry[] {
  const known = [...new Set(entries.map((one) => one.plan))]
  if (plan === undefined || known.length === 0) return entries
  if (known.includes(plan)) return entries.filter((one) => one.plan === plan)
  throw new GauntletError('NO_PLAN', `the history holds no run of a plan "${plan}"`, {
    hint: nearestHint(plan, known),
  })
}

function historyPath({ config, file }: HistoryOptions, { cwd }: Terminal): string {
  return file === undefined
    ? join(projectRootFor(cwd, config), '.gauntlet', 'history.ndjson')
    : resolve(cwd, file)
}

function entryOf({ record, verdict }: Judged): HistoryEntry {
  const { run } = record
  const isPartial = verdict.outcome === 'crashed'
  return {
    schema: 'gauntlet/history/1',
    run: run.id,
    atUs: run.startedAtUs,
    plan: run.plan,
    target: { name: run.target.name, version: run.target.version },
    verdict: verdict.verdict,
    objectives: verdict.objectives.map(
      ({ name, promised, verdict, unit, suffix, better, limit, value, low, high, events, taintedBy }) => ({
        ...{ name, promised, verdict, unit, suffix, better, limit, value, low, high, events },
        tainted: isPartial || taintedBy.length > 0,
      }),
    ),
  }
}
