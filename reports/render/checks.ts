import type { Check } from '../page/page-data.ts'
import type { Instrument } from '../run/evidence.ts'
import type { RunRecord } from '../run/record.ts'
import type { Finding, Verdict } from '../run/verdict.ts'
import { count, duration } from '../run/words.ts'

/** Could the harness itself have spoiled the figures? What decides (JUDGING rule 9) and what is only counted. */
export function checks(record: RunRecord, verdict: Verdict): Check[] {
  const { instrument } = record
  return [
    ...(instrument === null ? [NOTHING_MEASURED] : streamChecks(record, instrument, verdict)),
    faultCheck(verdict),
    ...clockCheck(verdict),
    ...(instrument === null ? [] : counted(record, instrument)),
  ]
}

const NOTHING_MEASURED: Check = {
  name: 'The sample stream',
  measured: 'the harness never got so far as to say',
  limit: 'none',
  usedRatio: null,
  state: 'not measured',
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
      stateOf(verdict, 'stream-unreadable'),
    ),
  ]
  if (record.plan.load.length === 0) return stream
  const completed = count(iterations.completed)
  const state = stateOf(verdict, 'no-iteration-completed')
  return [...stream, check('Iterations completed', completed, 'at least 1', state)]
}

function faultCheck(verdict: Verdict): Check {
  const injected = verdict.faults.filter(({ proof }) => proof !== 'not injected')
  const open = injected.filter(({ proof }) => proof !== 'confirmed')
  const measured = `${open.length} of ${injected.length}`
  return check('Faults not confirmed from the outside', measured, '0', stateOf(verdict, 'fault-unproven'))
}

/** The clock is heard of only when it stepped. */
function clockCheck({ findings }: Verdict): Check[] {
  return findings
    .filter(({ kind }) => kind === 'clock-stepped')
    .map(({ why }) => check('Wall clock', why, '50 ms', 'tainted'))
}

/** Shown so that a reader can see them; no objective is judged by them. */
function counted(record: RunRecord, instrument: Instrument): Check[] {
  if (record.plan.load.length === 0) return []
  const { dropped, interrupted, threw } = instrument.iterations
  const lateMs = Math.max(0, ...Object.values(instrument.startLatenessP99Ms))
  const limitMs = latenessLimitMs(record)
  return [
    {
      name: 'Iterations started late, p99 of the latest scenario',
      measured: duration(lateMs),
      limit: duration(limitMs),
      usedRatio: lateMs / limitMs,
      state: 'counted',
    },
    check('Iterations dropped, counted as bad', count(dropped), 'none', 'counted'),
    check('Iterations interrupted, counted as bad', count(interrupted), 'none', 'counted'),
    check('Iterations that threw, counted as bad', count(threw), 'none', 'counted'),
  ]
}

/** JUDGING rule 9: 10 ms or 5 % of the smallest latency objective, whichever is more. */
function latenessLimitMs({ plan }: RunRecord): number {
  const smallestMs = Math.min(...plan.thresholdsMs)
  return Math.max(10, Number.isFinite(smallestMs) ? smallestMs * 0.05 : 0)
}

function stateOf({ findings }: Verdict, kind: Finding['kind']): Check['state'] {
  return findings.some((finding) => finding.kind === kind) ? 'tainted' : 'sound'
}

function check(name: string, measured: string, limit: string, state: Check['state']): Check {
  return { name, measured, limit, state, usedRatio: null }
}
