import type { Check } from '../page/page-data.ts'
import type { Instrument } from '../run/evidence.ts'
import type { RunRecord } from '../run/record.ts'
import type { Finding, Verdict } from '../run/verdict.ts'
import { count, duration, list } from '../run/words/words.ts'
import { generatorChecks } from './generator-checks.ts'

/** Could the harness itself have spoiled the figures? What decides (JUDGING rule 9) and what is only counted. */
export function checks(record: RunRecord, verdict: Verdict): Check[] {
  const { instrument } = record
  return [
    ...(instrument === null ? nothingMeasured(record, verdict) : streamChecks(record, instrument, verdict)),
    ...unreadableCheck(record),
    ...(instrument === null ? [] : generatorChecks(record, instrument, verdict)),
    ...faultCheck(verdict),
    ...(instrument === null ? [] : counted(record, instrument)),
  ]
}

function nothingMeasured({ plan }: RunRecord, verdict: Verdict): Check[] {
  if (plan.load.length === 0) return []
  const [measured, state] =
    stateOf(verdict, 'stream-unreadable') === 'tainted'
      ? (['missing: no evidence/instrument.json', 'tainted'] as const)
      : (['missing: the run ended before', 'not measured'] as const)
  return [check('What the load says of itself', measured, 'needed', state)]
}

/** Lines of the record itself are heard of only when one is broken. */
function unreadableCheck({ unreadable }: RunRecord): Check[] {
  if (unreadable.length === 0) return []
  return [check('Lines of the record that could not be read', count(unreadable.length), '0', 'tainted')]
}

function streamChecks(record: RunRecord, instrument: Instrument, verdict: Verdict): Check[] {
  const { gaps, unreadableRows, rows, iterations } = instrument
  const silentS = gaps.reduce((sum, { fromSecond, toSecond }) => sum + toSecond + 1 - fromSecond, 0)
  const stream: Check[] = [
    check('Gaps in the sample stream', duration(silentS * 1000), '0 ms', stateOf(verdict, 'stream-gap')),
    check(
      'Rows of the stream that could not be read',
      `${count(unreadableRows)} of ${count(rows)}`,
      '0',
      unreadableRows === 0 ? 'sound' : stateOf(verdict, 'stream-unreadable'),
    ),
  ]
  if (record.plan.load.length === 0) return stream
  return [...stream, iterationCheck(record, iterations, verdict)]
}

/** Where all of a scenario waited for the target, that is the target's, and judged. */
function iterationCheck({ plan }: RunRecord, iterations: Instrument['iterations'], verdict: Verdict): Check {
  const idle = plan.load
    .map(({ name }) => name)
    .filter((name) => !iterations.some(({ scenario, completed }) => scenario === name && completed > 0))
  const measured = idle.length > 0 ? `none of ${list(idle)}` : count(total(iterations, 'completed'))
  const found = stateOf(verdict, 'no-iteration-completed')
  const state = found === 'sound' && idle.length > 0 ? 'counted' : found
  return check('Iterations completed', measured, 'at least 1 a scenario', state)
}

function total(
  iterations: Instrument['iterations'],
  what: 'completed' | 'dropped' | 'interrupted' | 'threw',
): number {
  return iterations.reduce((sum, one) => sum + one[what], 0)
}

/** Of the faults that were injected, or should have been. Of a run that crashed nothing is judged, so it is told only. */
function faultCheck({ faults, findings }: Verdict): Check[] {
  if (faults.length === 0) return []
  const spoilt = findings.filter(({ kind }) => kind === 'fault-unproven').map(({ taints }) => taints.name)
  const due = faults.filter(
    ({ proof, experiment }) => proof !== 'not injected' || spoilt.includes(experiment),
  )
  const open = due.filter(({ proof }) => proof !== 'confirmed').length
  const name = 'Faults not confirmed from the outside'
  if (due.length === 0) return [check(name, 'none injected', '0', 'not measured')]
  const state = spoilt.length > 0 ? 'tainted' : open > 0 ? 'counted' : 'sound'
  return [check(name, `${open} of ${due.length}`, '0', state)]
}

/** Shown so that a reader can see them; no objective is judged by them. */
function counted(record: RunRecord, instrument: Instrument): Check[] {
  if (record.plan.load.length === 0) return []
  const lost = (what: 'dropped' | 'interrupted' | 'threw') => count(total(instrument.iterations, what))
  return [
    check('Iterations dropped, counted as bad', lost('dropped'), 'none', 'counted'),
    check('Iterations interrupted, counted as bad', lost('interrupted'), 'none', 'counted'),
    check('Iterations that threw, counted as bad', lost('threw'), 'none', 'counted'),
    ...namesLost(instrument),
  ]
}

/** Names beyond the most that are kept apart; those that an objective asks for are always kept. */
function namesLost({ lost }: Instrument): Check[] {
  if (lost === undefined || lost.names === 0) return []
  const measured = `${count(lost.names)}, such as ${lost.examples[0] ?? ''}`
  return [check('Names counted together, being too many', measured, 'none', 'counted')]
}

function stateOf({ findings }: Verdict, kind: Finding['kind']): Check['state'] {
  return findings.some((finding) => finding.kind === kind) ? 'tainted' : 'sound'
}

function check(name: string, measured: string, limit: string, state: Check['state']): Check {
  return { name, measured, limit, state, usedRatio: null }
}
