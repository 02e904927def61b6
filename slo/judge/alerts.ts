import {
  type AlertVerdict,
  alertWords,
  duration,
  type FaultVerdict,
  type Finding,
  type PlannedAlert,
  type PlannedObjective,
  type RunRecord,
  SHORT_WINDOW_SHARE,
} from '../../reports/run/index.ts'
import { taintsOn } from './findings/index.ts'
import { detectedAfter } from './impact.ts'
import { sinceZeroMs } from './moments.ts'
import { outcomeOf, reachedPhases } from './outcome.ts'
import { secondsIn, windowOf } from './seconds-in.ts'
import type { Counts } from './statistics/bad-ratio.ts'
import { isFiring } from './statistics/burn-rate.ts'
import { totalOf } from './statistics/design-effect.ts'

/** The same fault, and whether the alert of its experiment fired; as it is when it has none. */
export function withAlert(
  fault: FaultVerdict,
  findings: readonly Finding[],
  record: RunRecord,
): FaultVerdict {
  const { alert } = record.plan.experiments.find(({ name }) => name === fault.experiment) ?? {}
  return alert === undefined ? fault : { ...fault, alert: alertVerdict(alert, fault, findings, record) }
}

function alertVerdict(
  alert: PlannedAlert,
  fault: FaultVerdict,
  findings: readonly Finding[],
  record: RunRecord,
): AlertVerdict {
  const say = (state: AlertVerdict['state'], why: string, firedMs: number | null = null): AlertVerdict => ({
    ...{ objective: alert.objective, state, firedMs },
    why: `${alertWords(alert)} ${why}`,
  })
  const objective = record.plan.objectives.find(({ name }) => name === alert.objective)
  const on = onOf(alert, fault, record)
  if (objective === undefined || on === undefined || outcomeOf(record) === 'crashed')
    return say('not judged', 'was not judged')
  if (taintsOn({ ...objective, phases: on.phases }, findings, record).length > 0)
    return say('not judged', 'was not judged: its evidence is tainted')
  const firedMs = firedAfter(alert, objective, on, record)
  if (firedMs !== null && firedMs <= 0) return say('not tried', 'was firing before the injection')
  if (firedMs !== null) return say('fired', `fired ${duration(firedMs)} after the injection`, firedMs)
  const silentFor = `stayed silent for ${duration(on.untilMs - on.injectedMs)} of ${fault.experiment}`
  if (!on.isWhole) return say('not judged', `${silentFor}, which was then ended`)
  const isBroken = detectedAfter(objective, { ...on, sinceMs: on.injectedMs }, record) !== null
  return isBroken
    ? say('silent', `${silentFor}, which broke the promise`)
    : say('not tried', `${silentFor}, which is not known to have broken the promise`)
}

/** While it must fire, in ms from second 0. */
interface On {
  readonly injectedMs: number
  readonly untilMs: number
  /** it was on as long as planned */
  readonly isWhole: boolean
  readonly phases: string[]
}

/** Undefined when nothing was injected. */
function onOf({ withinMs }: PlannedAlert, fault: FaultVerdict, record: RunRecord): On | undefined {
  const { plan, journal } = record
  const { injectedMs } = fault
  if (injectedMs === null) return undefined
  const undoing = journal.findLast(
    (entry) => entry.kind === 'fault-undoing' && entry.experiment === fault.experiment,
  )
  const dueMs = withinMs === undefined ? Number.POSITIVE_INFINITY : injectedMs + withinMs
  const goneMs = sinceZeroMs(undoing, journal) ?? injectedMs
  const phases = plan.phases.filter(({ experiments }) => experiments.includes(fault.experiment))
  const reached = reachedPhases(record)
  const isWhole = goneMs >= dueMs || phases.every(({ name }) => reached.has(name))
  return {
    ...{ injectedMs, untilMs: Math.min(dueMs, goneMs), isWhole },
    phases: phases.map(({ name }) => name),
  }
}

/**
 * Asked at the end of each whole second, of both windows; not above 0 when it fired before the injection. They reach back beyond the run, to a time of which nothing is
 * known: it counts as good, with as many events a second as came before the fault, so that an alert that fires here
 * fires after a worse time too.
 */
function firedAfter(
  { burnRate, overMs }: PlannedAlert,
  objective: PlannedObjective,
  { injectedMs, untilMs }: On,
  record: RunRecord,
): number | null {
  const { seconds } = secondsIn(windowOf(0, untilMs), objective, record)
  const before = Math.floor(injectedMs / 1000)
  const perSecond = ratePerSecond(before > 0 ? seconds.slice(0, before) : seconds)
  const [longS, shortS] = [overMs / 1000, Math.max(1, (overMs * SHORT_WINDOW_SHARE) / 1000)]
  const alert = { severity: 'page', burnRate, longMs: longS * 1000, shortMs: shortS * 1000 } as const
  const { targetRatio: target } = objective
  for (let end = before; end <= seconds.length; end += 1) {
    const until = seconds.slice(0, end)
    const [long, short] = [longS, shortS].map((lengthS) => lately(until, lengthS, perSecond))
    if (long && short && isFiring(alert, { long, short, target })) return end * 1000 - injectedMs
  }
  return null
}

function lately(seconds: readonly Counts[], lengthS: number, perSecond: number): Counts {
  const kept = Math.max(1, Math.round(lengthS))
  const { events, bad } = totalOf(seconds.slice(-kept))
  return { events: events + Math.round(perSecond * Math.max(0, kept - seconds.length)), bad }
}

const ratePerSecond = (seconds: readonly Counts[]): number =>
  totalOf(seconds).events / Math.max(1, seconds.length)
