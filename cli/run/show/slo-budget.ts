import { budgetText, jsonDocument } from '../../../reports/render/index.ts'
import { GauntletError, nearestHint, type RunRecord } from '../../../reports/run/index.ts'
import { budgetReport, type FaultRates } from '../../../slo/budget/index.ts'
import { projectRootFor } from '../../config/load-config.ts'
import { findEndedRun } from '../record/find-run.ts'
import { readRecord } from '../record/read-record.ts'
import { faultRates } from './fault-rates.ts'

export interface BudgetQuestion {
  readonly runs: readonly string[]
  /** of gauntlet.config.ts */
  readonly config?: string
  /** file of rates, instead of the project's */
  readonly rates?: string
  /** of single experiments, instead of the file's */
  readonly rate: FaultRates
  /** of promises that are made over none, in ms */
  readonly window?: number
  readonly seed: number
  readonly json: boolean
}

/** What a window of weeks costs of each error budget, in words or as one JSON document. */
export async function showBudget(question: BudgetQuestion, cwd: string): Promise<string> {
  const { config, rates: file, rate, window, seed, json } = question
  const records = await readRuns(question, cwd)
  refuseUnplanned([...rate.keys()], records)
  const rates = new Map([...(await faultRates({ cwd, config, file })), ...rate])
  const report = budgetReport(records, { rates, seed, ...(window !== undefined && { windowMs: window }) })
  return json ? jsonDocument(report) : budgetText(report)
}

async function readRuns({ runs, config }: BudgetQuestion, cwd: string): Promise<RunRecord[]> {
  const records: RunRecord[] = []
  for (const given of runs)
    records.push(
      await readRecord(await findEndedRun(given, { cwd, projectRoot: projectRootFor(cwd, config) })),
    )
  return records
}

/** A rate for what nobody drilled would change nothing: most likely its name is mistyped. */
function refuseUnplanned(experiments: readonly string[], records: readonly RunRecord[]): void {
  const planned = records.flatMap(({ plan }) => plan.experiments.map(({ name }) => name))
  const unknown = experiments.find((experiment) => !planned.includes(experiment))
  if (unknown === undefined) return
  throw new GauntletError('NO_EXPERIMENT', `no plan of these runs has the experiment "${unknown}"`, {
    hint: nearestHint(unknown, [...new Set(planned)]),
  })
}
