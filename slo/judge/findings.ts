import type {
  FaultVerdict,
  Finding,
  Instrument,
  PlannedObjective,
  RunRecord,
} from '../../reports/run/index.ts'
import { clock, counted, duration } from '../../reports/run/words.ts'
import { evidenceOf } from '../sources/index.ts'
import { outcomeOf, reachedPhases } from './outcome.ts'

const RUN = { scope: 'run' } as const
const AGAIN = 'stop other work on this machine or lower the rate; run again'
const UNREADABLE = 'look at the named file; what cannot be read is not counted; run again'

/** What spoils the evidence of a run (JUDGING rules 1 and 9). A crashed run decides nothing, so nothing is spoiled. */
export function findingsOf(record: RunRecord, faults: readonly FaultVerdict[]): Finding[] {
  if (outcomeOf(record) === 'crashed') return []
  return [
    ...faultFindings(record, faults),
    ...iterationFindings(record),
    ...gapFindings(record.instrument),
    ...unreadableFindings(record),
  ].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
}

/** Kinds of the findings that spoil the evidence of one objective, each once. */
export function taintsOn(
  objective: PlannedObjective,
  findings: readonly Finding[],
  { plan }: RunRecord,
): string[] {
  const phasesFrom = (experiment = ''): string[] => {
    const first = plan.phases.findIndex(({ experiments }) => experiments.includes(experiment))
    return first === -1 ? [] : plan.phases.slice(first).map(({ name }) => name)
  }
  const coversRun = objective.evidence === 'census'
  const isTainted = ({ kind, taints }: Finding): boolean => {
    switch (taints.scope) {
      case 'run':
        return kind === 'stream-unreadable' || restsOnStream(objective)
      case 'phase':
        return coversRun || objective.phases.includes(taints.name ?? '')
      case 'experiment':
        return phasesFrom(taints.name).some((phase) => coversRun || objective.phases.includes(phase))
      case 'scenario':
        return restsOnStream(objective) && [undefined, taints.name].includes(objective.total.scenario)
      default:
        return taints.scope satisfies never
    }
  }
  return [...new Set(findings.filter(isTainted).map(({ kind }) => kind))]
}

/** Acknowledgements come through the stream too: a lost line could be a lost order. Page visits do not. */
const restsOnStream = (objective: PlannedObjective): boolean =>
  !evidenceOf(objective).includes('evidence/audits.ndjson')

/** A fault whose phase came to its end must have been seen. */
function faultFindings(record: RunRecord, faults: readonly FaultVerdict[]): Finding[] {
  const reached = reachedPhases(record)
  const wasDue = ({ experiment }: FaultVerdict): boolean =>
    record.plan.experiments.some(({ name, phase }) => name === experiment && reached.has(phase))
  return faults
    .filter(({ proof }) => proof !== 'confirmed')
    .filter((fault) => fault.proof !== 'not injected' || wasDue(fault))
    .map(({ experiment, proof, seen }) => {
      const probe = seen.find(({ when }) => when === 'during')
      return {
        kind: 'fault-unproven',
        taints: { scope: 'experiment', name: experiment },
        why: `The fault ${experiment} was ${FAULT_WORDS[proof]}${probe === undefined ? '' : `: ${probe.what}`}.`,
        hint: 'see journal.ndjson for what the probe saw',
      }
    })
}

const FAULT_WORDS: Readonly<Record<FaultVerdict['proof'], string>> = {
  confirmed: 'confirmed',
  mismatch: 'injected without its effect',
  unproven: 'never seen to act',
  'not injected': 'not injected',
}

/** k6 ends well even when every iteration throws (grafana/k6 #6480); a run that was stopped may have had no time. */
function iterationFindings(record: RunRecord): Finding[] {
  const { plan, instrument } = record
  if (instrument === null || outcomeOf(record) !== 'completed') return []
  const idle = plan.load.map(({ name }) => name).filter((name) => isIdle(name, instrument))
  const hasNone = instrument.iterations.every(({ completed }) => completed === 0)
  const taints = hasNone ? [RUN] : idle.map((name) => ({ scope: 'scenario', name }) as const)
  return idle.length === 0 ? [] : taints.map((one) => noneCompleted(one, instrument))
}

/** Completed nothing, and not because all of it waited on the target: that is the target's. */
function isIdle(name: string, { iterations }: Instrument): boolean {
  const own = iterations.find(({ scenario }) => scenario === name)
  if (own === undefined) return true
  return own.completed === 0 && (own.threw > 0 || own.interrupted + own.dropped === 0)
}

function noneCompleted(taints: Finding['taints'], { firstException }: Instrument): Finding {
  const whose = taints.name === undefined ? '' : ` of ${taints.name}`
  const exception = firstException === null ? '' : `; the run's first exception: ${firstException}`
  return {
    ...{ kind: 'no-iteration-completed', taints },
    why: `No iteration${whose} completed${exception}.`,
    hint: 'run the journey alone and mend what it throws',
  }
}

/** All that the stream carries is in doubt: events are placed by their intended start, ten seconds or more before. */
function gapFindings(instrument: Instrument | null): Finding[] {
  return (instrument?.gaps ?? []).map(({ fromSecond, toSecond }) => {
    const [fromMs, toMs] = [fromSecond * 1000, (toSecond + 1) * 1000]
    const [from, to] = [clock(fromMs), clock(toMs)]
    return {
      kind: 'stream-gap',
      taints: RUN,
      why: `The sample stream has a gap of ${duration(toMs - fromMs)}, from ${from} to ${to}.`,
      hint: AGAIN,
    }
  })
}

function unreadableFindings(record: RunRecord): Finding[] {
  const { unreadable, instrument, plan } = record
  const rows = instrument?.unreadableRows ?? 0
  const [first] = unreadable
  const reasons = [
    ...(first === undefined
      ? []
      : [`${counted(unreadable.length, 'lines')} of the record cannot be read: ${first}.`]),
    ...(rows === 0 ? [] : [`${counted(rows, 'rows')} of the sample stream could not be read.`]),
    ...(instrument !== null || plan.load.length === 0 || outcomeOf(record) !== 'completed'
      ? []
      : ['The load said nothing of itself: evidence/instrument.json is missing.']),
  ]
  return reasons.map((why) => ({ kind: 'stream-unreadable', taints: RUN, why, hint: UNREADABLE }))
}
