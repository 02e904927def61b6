import {
  LABEL_PATTERN,
  type Measure,
  type PlannedObjective,
  type PlannedPhase,
  type PlannedSource,
} from '../../../reports/run/index.ts'
import { evidenceOf, NOUN } from '../annotations.ts'
import type { ResolvedSlo } from '../resolved.ts'
import { shorthandMs } from '../shorthand.ts'
import { compositeOf } from './composite.ts'
import { type Counted, countedOf, type Reading } from './counted.ts'
import { asAsked, type Override, whyNotSo, withinReplaced } from './override.ts'
import { promisedWords } from './promised.ts'
import type { Refusal } from './refusal.ts'

/** What a plan adds to an SLO. */
export interface Placement {
  /** judged phases that the plan names for it, or all of them */
  readonly phases: readonly PlannedPhase[]
  readonly advisory: boolean
  /** another name than the SLO's own */
  readonly as?: string | undefined
  /** another target, time limit or value than the SLO's own */
  readonly over?: Override | undefined
}

export interface PlannedSlo {
  /** none when it is refused */
  readonly objectives: readonly PlannedObjective[]
  /** where the points of their queries come from */
  readonly sources: readonly PlannedSource[]
  /** all the reasons why it cannot be judged, or not as it is asked */
  readonly refusals: readonly Refusal[]
}

/** The objectives of an SLO as the judge needs them, over those of the phases in which their evidence is judged. */
export function toPlannedObjectives(resolved: ResolvedSlo, placement: Placement): PlannedSlo {
  const { over = {} } = placement
  const reading: Reading = { resolved, refusals: [...whyNotSo(over, resolved)], sources: new Map() }
  const counted = countedObjectives(reading, over)
  const names = namesOf(counted.length, placement.as ?? resolved.name)
  for (const name of names)
    if (!new RegExp(LABEL_PATTERN).test(name))
      reading.refusals.push({
        of: 'as',
        why: `"${name}" is too long or has other than lower-case letters, digits and hyphens`,
        hint: 'give it a name here, as: NAME',
      })
  const refusals = [...new Map(reading.refusals.map((one) => [one.why, one])).values()]
  if (refusals.length > 0) return { objectives: [], sources: [], refusals }
  const objectives = counted.map((one, n) => placed(one, { name: names[n] ?? '', resolved, placement }))
  return { objectives, sources: [...reading.sources.values()], refusals }
}

function countedObjectives(reading: Reading, over: Override): Counted[] {
  const { objectives, isComposite } = reading.resolved
  const asked = objectives.map((one) => asAsked(one, over))
  if (isComposite && asked.length > 1) return compositeOf(asked, reading)
  return asked.flatMap((one) => {
    const counted = countedOf(one, reading)
    if (counted === undefined || over.withinMs === undefined) return counted ?? []
    const replaced = withinReplaced(counted, over.withinMs)
    if (replaced === undefined)
      reading.refusals.push({ of: 'within', why: 'it has no time limit', hint: 'leave within out' })
    return replaced ?? []
  })
}

/** `search-latency`; of several objectives `search-latency-1`, `search-latency-2`. */
const namesOf = (many: number, name: string): string[] =>
  many === 1 ? [name] : Array.from({ length: many }, (_, n) => `${name}-${n + 1}`)

interface Place {
  readonly name: string
  readonly resolved: ResolvedSlo
  readonly placement: Placement
}

function placed(counted: Counted, { name, resolved, placement }: Place): PlannedObjective {
  const { metadata, spec } = resolved.slo
  const evidence = evidenceOf(metadata)
  const { phases, advisory } = placement
  const [window] = spec.timeWindow ?? []
  return {
    name,
    title: resolved.title,
    advisory,
    phases: phases.filter((phase) => isJudgedIn(evidence, counted.total, phase)).map((phase) => phase.name),
    evidence,
    ...counted,
    ...(window && { windowMs: shorthandMs(window.duration) }),
    promised: promisedWords({ ...counted, evidence }),
    noun: metadata.annotations?.[NOUN] ?? nounOf(counted),
  }
}

/**
 * A census covers the whole run. An audit takes two cores, so in its phase only pages are judged. What is read from
 * processes and data sources is there with and without load.
 */
function isJudgedIn(
  evidence: PlannedObjective['evidence'],
  { measure }: Measure,
  { load, audits }: PlannedPhase,
): boolean {
  if (evidence === 'census') return false
  if (measure === 'page') return audits.length > 0
  const needsLoad = measure !== 'probe' && measure !== 'query'
  return audits.length === 0 && (load || !needsLoad)
}

function nounOf({ total, good, bad, members }: Counted): string {
  const { measure, name } = total
  if (members !== undefined) return 'events'
  switch (measure) {
    case 'fact':
      return name ?? 'facts'
    case 'page':
      return 'audits'
    case 'metric':
    case 'probe':
      return 'samples'
    case 'query':
      return [undefined, name].includes((good ?? bad)?.name) ? 'points' : 'events'
    case 'request':
    case 'iteration':
    case 'check':
      return `${measure}s`
    default:
      return measure satisfies never
  }
}
