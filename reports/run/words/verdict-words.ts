import type { RunRecord } from '../record.ts'
import type { FaultImpact, FaultVerdict, ObjectiveVerdict, Recovery, Verdict } from '../verdict.ts'
import {
  count,
  counted,
  duration,
  list,
  measured,
  measuredInOne,
  moment,
  percent,
  wouldDecide,
} from './words.ts'

/** `3 of 6 met, 2 violated, 1 open`: required objectives only. */
export function tally({ objectives }: Verdict): string {
  const required = objectives.filter(({ advisory }) => !advisory)
  if (required.length === 0) return 'none required'
  const of = (verdict: ObjectiveVerdict['verdict']) => required.filter((one) => one.verdict === verdict)
  const open = of('inconclusive')
  const tainted = open.filter(({ taintedBy }) => taintedBy.length > 0).length
  return [
    `${of('met').length} of ${required.length} met`,
    ...some(of('violated').length, 'violated'),
    ...some(tainted, 'tainted'),
    ...some(open.length - tainted, 'open'),
  ].join(', ')
}

function some(amount: number, word: string): string[] {
  return amount === 0 ? [] : [`${count(amount)} ${word}`]
}

/** `confirmed, proven gone`, and who undid it when it was not the harness; what was never seen to act is not gone. */
export function faultState({ proof, undo, undoneBy }: FaultVerdict): string {
  if (proof === 'not injected') return proof
  const isGuardians = undoneBy === 'guardian'
  if (isGuardians && undo === 'not undone') return `${proof}, the guardian did not undo it`
  const by = byWhomWords(undoneBy)
  if (undo === 'undone') return `${proof}, undone${by}, not proven gone`
  const gone = undo === 'proven gone' && proof === 'unproven' ? 'normal after it' : UNDO_WORDS[undo]
  return `${proof}, ${gone}${by}`
}

/** ` by the guardian`; nothing for the harness, which is meant to. */
export function byWhomWords(undoneBy: FaultVerdict['undoneBy']): string {
  switch (undoneBy) {
    case 'guardian':
      return ' by the guardian'
    case 'people':
      return ' by people'
    case 'harness':
    case null:
      return ''
    default:
      return undoneBy satisfies never
  }
}

/** `noticed after 12 s, gone after 1 min 3 s, steady state again after 1 min 5 s` */
export function recoveryWords({ noticedMs, goneMs, steadyMs }: Recovery): string {
  const noticed = noticedMs === null ? [] : [`noticed after ${duration(noticedMs)}`]
  if (goneMs === null) return [...noticed, 'not gone until gauntlet took it back'].join(', ')
  const steady =
    steadyMs === null ? 'no steady state after it' : `steady state again after ${duration(steadyMs)}`
  return [...noticed, `gone after ${duration(goneMs)}`, steady].join(', ')
}

const UNDO_WORDS: Readonly<Record<Exclude<FaultVerdict['undo'], 'undone'>, string>> = {
  'proven gone': 'proven gone',
  'not undone': 'not undone',
  failed: 'undo failed',
  'not needed': 'nothing to undo',
}

/** Whether the fault is known to have happened and to be gone. */
export function faultIsProven({ proof, undo }: FaultVerdict): boolean {
  return proof === 'confirmed' && (undo === 'proven gone' || undo === 'not needed')
}

export function residueWords(residue: Verdict['residue']): string {
  if (residue === null) return 'residue not scanned'
  return residue.length === 0 ? 'no residue' : `${count(residue.length)} left over: ${list(residue)}`
}

/** A crashed run's harness could not look at itself to the end, and nothing tells of another tool's. */
export function instrumentWords({ plan, instrument }: RunRecord, { findings, outcome }: Verdict): string {
  if (findings.length > 0) return `tainted, ${counted(findings.length, 'findings')}`
  if (outcome === 'crashed') return 'no finding before the crash'
  const isForeign = plan.load.length === 0 && plan.phases.some(({ load }) => load)
  return isForeign || (instrument === null && plan.load.length > 0) ? 'not measured' : 'sound'
}

/** How long the undo took to show: from undone to proven gone; null when either is missing, or nothing was on. */
export function goneAfterMs({ proof, undoneMs, normalMs, undoneBy }: FaultVerdict): number | null {
  if (undoneBy === 'people' || proof === 'unproven') return null
  return undoneMs === null || normalMs === null ? null : normalMs - undoneMs
}

/** A moment of a fault in words: `1:25.0`, or that it did not come. */
export function momentOrNot(ms: number | null): string {
  return ms === null ? 'not reached' : moment(ms)
}

/** What is said below an objective: why, how its events hang together when that matters, and what would decide it. */
export function notes(objective: ObjectiveVerdict): string[] {
  const weight = objective.verdict === 'inconclusive' ? weightWords(objective) : null
  return [objective.why, weight ?? '', wouldDecide(objective) ?? ''].filter((note) => note !== '')
}

/** Events that hang together less than this are as good as alone. */
const WORTH_SAYING = 1.5

/** `14,250 requests hang together in time and weigh as much as 4,100 that stand alone.` */
export function weightWords({ independence, events, noun }: ObjectiveVerdict): string | null {
  if (independence === null || independence.designEffect < WORTH_SAYING || events === 0) return null
  const alone = count(Math.floor(events / independence.designEffect))
  return `${counted(events, noun)} hang together in time and weigh as much as ${alone} that stand alone.`
}

/** `0.07 % of 28 d`: what the judged phases would have spent of the promise's budget. */
export function budgetWords({ budget }: ObjectiveVerdict): string | null {
  if (budget === null || budget.spentRatio === null) return null
  return `${percent(budget.spentRatio)} of ${days(budget.windowMs)}`
}

const DAY_MS = 86_400_000
const days = (ms: number): string => (ms % DAY_MS === 0 ? `${count(ms / DAY_MS)} d` : duration(ms))

/** What a fault did to an objective: noticed, kept again, and its price; null when it broke nothing. */
export function impactWords({
  objective,
  bad,
  detectMs,
  recoverMs,
  budgetSpentRatio,
}: FaultImpact): string | null {
  if (bad === 0 && detectMs === null && recoverMs === null) return null
  const recovered = recoverMs === null ? 'not seen kept again' : `kept again after ${duration(recoverMs)}`
  const detected =
    detectMs === null ? 'no guard would have seen it' : `seen by a guard after ${duration(detectMs)}`
  const spent = budgetSpentRatio === null ? '' : `, ${percent(budgetSpentRatio)} of its budget spent`
  return `broke ${objective}: ${recovered}, ${detected}${spent}`
}

/** What a fault did, a line each: how people mended it, what it broke, and what became of its alert. */
export function faultNotes(fault: FaultVerdict, verdict: Verdict): string[] {
  const { alert, recovery } = fault
  return [
    ...(recovery === undefined ? [] : [recoveryWords(recovery)]),
    ...impactsOf(fault, verdict),
    ...(alert === undefined ? [] : [alert.why]),
  ]
}

/** Every objective that a fault broke, in words; one sentence when it broke none, or when that is not known. */
export function impactsOf({ impact }: FaultVerdict, { outcome, objectives }: Verdict): string[] {
  if (impact.length === 0) return []
  const broke = impact.flatMap((one) => impactWords(one) ?? [])
  if (broke.length > 0) return broke
  const names = impact.map(({ objective }) => objective)
  const isSpoilt = objectives.some(({ name, taintedBy }) => names.includes(name) && taintedBy.length > 0)
  return [outcome === 'crashed' || isSpoilt ? 'what it broke was not judged' : 'broke no objective']
}

/** An objective whose evidence is spoilt, or whose run crashed, keeps its figures, but they were not judged. */
export function isJudged(
  { taintedBy, verdict }: ObjectiveVerdict,
  { outcome }: Pick<Verdict, 'outcome'>,
): boolean {
  return verdict !== 'inconclusive' || (taintedBy.length === 0 && outcome !== 'crashed')
}

/** `182 ms (176–189)`; what was not judged says so, and has no interval. */
export function figureWords(objective: ObjectiveVerdict, verdict: Pick<Verdict, 'outcome'>): string {
  if (objective.value === null || isJudged(objective, verdict)) return measuredInOne(objective)
  return `${measured(objective).value}, not judged`
}
