import {
  type PhaseWindow,
  type Plan,
  type PlannedPhase,
  type RunContext,
  type RunRecord,
  zeroUs,
} from '../../../../reports/run/index.ts'
import { KNOWN_AFTER_MS } from '../../plan/askable.ts'

const LOOK_EVERY_MS = 200

export interface AskedStretch {
  readonly overMs: number
  /** left out: up to what is known now */
  readonly sinceUs: number | undefined
}

/** The seconds of the load that are asked for; or why there are none, in words. Those after a moment are waited for. */
export async function loadWindow(
  { overMs, sinceUs }: AskedStretch,
  record: () => RunRecord,
  { clock, signal }: Pick<RunContext, 'clock' | 'signal'>,
): Promise<PhaseWindow | string> {
  const startUs = zeroUs(record().journal)
  if (startUs === undefined) return 'the load has not begun'
  const seconds = Math.ceil(overMs / 1000)
  const known = (): number => knownSeconds(record(), (clock.nowUs() - startUs) / 1000)
  if (sinceUs === undefined) return steadyWindow(known() - seconds, seconds, record())
  const fromSecond = firstJudged(Math.ceil((sinceUs - startUs) / 1e6), record())
  while (known() < fromSecond + seconds) {
    await clock.wait(LOOK_EVERY_MS, signal).catch(() => {})
    if (signal.aborted) return 'the run was stopped before it could be known'
  }
  return steadyWindow(fromSecond, seconds, record())
}

/** How many seconds, from second 0, nothing more is waited for: what has not come by then is missing. */
function knownSeconds({ journal, load }: RunRecord, nowMs: number): number {
  if (journal.some(({ kind }) => kind === 'load-ended')) return Number.POSITIVE_INFINITY
  const newest = load.reduce((last, { second }) => Math.max(last, second), -1)
  return Math.max(newest + 1, Math.floor((nowMs - KNOWN_AFTER_MS) / 1000))
}

/** Time to recover in is not judged: what is asked for begins after it. */
function firstJudged(second: number, { plan }: RunRecord): number {
  const next = judgedLoad(plan).find(({ startMs, durationMs }) => startMs + durationMs > second * 1000)
  return next === undefined ? second : Math.max(second, next.startMs / 1000)
}

const judgedLoad = ({ phases }: Plan): PlannedPhase[] => phases.filter(({ load, judged }) => load && judged)

/** Only what was to be judged, all of it. */
function steadyWindow(fromSecond: number, seconds: number, { plan }: RunRecord): PhaseWindow | string {
  const isJudged = (second: number): boolean => judgedLoad(plan).some((phase) => isIn(phase, second * 1000))
  const all = Array.from({ length: seconds }, (_, n) => fromSecond + n)
  const many = all.filter(isJudged).length
  if (many < seconds) return `the load was on, in phases that are judged, for ${many} s of these`
  return { phase: '', fromSecond, toSecond: fromSecond + seconds, delayed: false, faulted: false }
}

const isIn = ({ startMs, durationMs }: PlannedPhase, atMs: number): boolean =>
  atMs >= startMs && atMs < startMs + durationMs
