import {
  type FaultVerdict,
  JUDGE,
  loadLeftMs,
  type ObjectiveVerdict,
  type PlannedObjective,
  type RunRecord,
  type RunVerdict,
  ratePerSecond,
  requestsBySecond,
  type Verdict,
} from '../../reports/run/index.ts'
import { withAlert } from './alerts.ts'
import { isJudgedByFaults, verdictByFaults } from './by-faults.ts'
import { rounded } from './encode.ts'
import { exitCodeOf } from './exit-code.ts'
import { faultVerdicts } from './faults.ts'
import { findingsOf } from './findings/index.ts'
import { lengthMs } from './moments.ts'
import { judgeObjectives } from './objectives.ts'
import { outcomeOf, whySteadyStateLost, whyUnproven } from './outcome.ts'
import { whyOf } from './why.ts'

/** The verdict over a run: a function of its record and the objectives alone. Runs no program, reads no clock. */
export function judge(
  record: RunRecord,
  planned: readonly PlannedObjective[] = record.plan.objectives,
): Verdict {
  const outcome = outcomeOf(record)
  const broken = faultVerdicts(record, planned)
  const findings = findingsOf(record, broken)
  const faults = broken.map((fault) => withAlert(fault, findings, record))
  const objectives = judgeObjectives(planned, record, findings)
  const lost = whySteadyStateLost(record)
  const verdict = isJudgedByFaults(record, planned)
    ? verdictByFaults(record, faults, findings)
    : runVerdict(objectives, faults, lost !== '')
  const unproven = whyUnproven(record, faults)
  return rounded<Verdict>({
    ...{ schema: 'gauntlet/verdict/1', judge: JUDGE, verdict, outcome },
    exitCode: exitCodeOf(verdict, outcome, unproven !== ''),
    why: whyOf({ verdict, outcome, objectives, findings, faults, unproven, lost }, record, planned),
    ...{ objectives, faults, findings, requests: requestsOf(record), lengthMs: lengthMs(record) },
    residue: record.journal.findLast((entry) => entry.kind === 'residue')?.found.toSorted() ?? null,
  })
}

/**
 * The worst over the required objectives: invalid > violated > inconclusive > met; none required decides nothing.
 * A platform that did not come back after a fault has not met what was asked of it, nor has one whose alert was not seen
 * to fire; one whose alert stayed silent while a promise was broken has broken what was asked of it.
 */
function runVerdict(
  objectives: readonly ObjectiveVerdict[],
  faults: readonly FaultVerdict[],
  isSteadyStateLost: boolean,
): RunVerdict {
  const alerts = faults.flatMap(({ alert }) => alert ?? [])
  const required = objectives.filter(({ advisory }) => !advisory)
  if (required.some(({ taintedBy }) => taintedBy.length > 0)) return 'invalid'
  if (required.some(({ verdict }) => verdict === 'violated')) return 'violated'
  if (alerts.some(({ state }) => state === 'silent')) return 'violated'
  if (isSteadyStateLost || alerts.some(({ state }) => state !== 'fired')) return 'inconclusive'
  return required.length > 0 && required.every(({ verdict }) => verdict === 'met') ? 'met' : 'inconclusive'
}

/** All requests of the run, judged phases or not, and their rate while the load was on. */
function requestsOf(record: RunRecord): Verdict['requests'] {
  const requests = requestsBySecond(record)
  const count = [...requests.values()].reduce((sum, here) => sum + here, 0)
  const perSecond = ratePerSecond(requests, { fromMs: 0, toMs: loadLeftMs(record) })
  return { count, perSecond: count === 0 ? null : perSecond }
}
