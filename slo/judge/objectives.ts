import {
  type Finding,
  type ObjectiveVerdict,
  type PhaseWindow,
  type PlannedObjective,
  phaseWindows,
  type RunRecord,
} from '../../reports/run/index.ts'
import { taintsOn } from './findings/index.ts'
import { type Measurement, measure } from './measures/index.ts'
import { outcomeOf } from './outcome.ts'
import { whyTooShort, whyUnreached } from './reach.ts'
import { whyBroken, whyOpen } from './sentences.ts'
import { ALPHA } from './statistics/bad-ratio.ts'
import { holm } from './statistics/holm.ts'

interface Case {
  readonly objective: PlannedObjective
  readonly measurement: Measurement
  readonly taintedBy: readonly string[]
  /** why it cannot be judged whatever was measured; empty when it can */
  readonly unjudged: string
  /** why its phases were not measured to their end; empty when they were */
  readonly unreached: string
  /** what a guard saw when it alarmed, and so ended the run; empty when none did */
  readonly alarm: string
}

/** All objectives of a run, sorted by name. Violated is decided over them together (JUDGING, rule 5). */
export function judgeObjectives(
  objectives: readonly PlannedObjective[],
  record: RunRecord,
  findings: readonly Finding[],
): ObjectiveVerdict[] {
  const windows = phaseWindows(record.plan, record.journal)
  const cases = objectives.map((objective) => caseOf(objective, record, findings, windows))
  const broken = brokenOf(cases)
  return cases.map((one) => objectiveVerdict(one, broken)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function caseOf(
  objective: PlannedObjective,
  record: RunRecord,
  findings: readonly Finding[],
  windows: readonly PhaseWindow[],
): Case {
  const taintedBy = taintsOn(objective, findings, record)
  const unreached = whyUnreached(objective, record)
  const reasons = [
    outcomeOf(record) === 'crashed' ? 'Not judged: the run crashed.' : '',
    taintedBy.length > 0
      ? `Not judged: ${taintedBy.map((kind) => TAINT_WORDS[kind] ?? kind).join(', and ')}.`
      : '',
    unreached === '' ? whyTooShort(objective, windows) : '',
  ]
  const unjudged = reasons.find((reason) => reason !== '') ?? ''
  const measurement = measure(objective, record, windows)
  return { objective, measurement, taintedBy, unjudged, unreached, alarm: alarmOn(objective, record) }
}

/** A guard watched the plan's own objective; another one that bears its name was never watched. A crash takes it back. */
function alarmOn(objective: PlannedObjective, record: RunRecord): string {
  const { plan, journal } = record
  if (outcomeOf(record) === 'crashed') return ''
  const watched = plan.objectives.find(({ name }) => name === objective.name)
  if (JSON.stringify(watched) !== JSON.stringify(objective)) return ''
  const alarm = journal.find((entry) => entry.kind === 'guard-alarm' && entry.objective === objective.name)
  return alarm?.kind === 'guard-alarm' ? alarm.seen : ''
}

const TAINT_WORDS: Readonly<Record<string, string>> = {
  'clock-stepped': "the system's clock was set",
  'generator-starved': 'the load generator waited for a processor',
  'late-starts': 'iterations started late',
  'machine-lacking': 'the machine had too little to spare',
  'stream-behind': 'reading the sample stream fell behind',
  'target-changed': 'the target changed its version',
  'fault-unproven': 'a fault was not seen to act',
  'no-iteration-completed': 'a scenario completed no iteration',
  'stream-gap': 'the sample stream has a gap',
  'stream-unreadable': 'part of the record cannot be read',
}

interface Broken {
  readonly cases: ReadonlySet<Case>
  /** the level at which those that are not broken were asked last */
  readonly alpha: number
}

/**
 * A census is certain, and a guard has its own risk; the others share the risk of a wrong word among them. Advisory ones
 * are shown and never counted: they share it with all, and take nothing from those that are required.
 */
function brokenOf(cases: readonly Case[]): Broken {
  const alarmed = cases.filter(({ alarm, taintedBy }) => alarm !== '' && taintedBy.length === 0)
  const judged = cases.filter((one) => one.unjudged === '' && !alarmed.includes(one))
  const certain = judged.filter(({ objective }) => objective.evidence === 'census')
  const estimated = judged.filter(({ objective }) => objective.evidence !== 'census')
  const required = estimated.filter(({ objective }) => !objective.advisory)
  const broken = [
    ...brokenAmong(required),
    ...brokenAmong(estimated).filter(({ objective }) => objective.advisory),
  ]
  return {
    cases: new Set([
      ...alarmed,
      ...certain.filter(({ measurement }) => measurement.broken(ALPHA)),
      ...broken,
    ]),
    alpha: ALPHA / Math.max(1, required.filter((one) => !broken.includes(one)).length),
  }
}

function brokenAmong(cases: readonly Case[]): Case[] {
  const holding = holm(
    cases.map(({ measurement }) => measurement.broken),
    ALPHA,
  )
  return cases.filter((_, n) => holding[n])
}

/** What broke before the run was stopped is broken; what held until then may have broken later. */
function objectiveVerdict(one: Case, broken: Broken): ObjectiveVerdict {
  const { objective, measurement, taintedBy, unjudged, unreached, alarm } = one
  const { figures, kept, note, needs } = measurement
  const moreWouldDecide = !kept && taintedBy.length === 0 && unreached === ''
  const say = (verdict: ObjectiveVerdict['verdict'], why: string): ObjectiveVerdict => ({
    ...figures,
    ...{ verdict, why, taintedBy: [...taintedBy] },
    needs: verdict === 'inconclusive' && moreWouldDecide ? needs(broken.alpha) : null,
  })
  if (alarm !== '' && broken.cases.has(one)) return say('violated', `A guard ended the run: ${alarm}.`)
  if (unjudged !== '') return say('inconclusive', unjudged)
  if (broken.cases.has(one)) return say('violated', whyBroken(figures, objective))
  if (unreached !== '') return say('inconclusive', unreached)
  return kept ? say('met', note) : say('inconclusive', whyOpen(measurement, ALPHA))
}
