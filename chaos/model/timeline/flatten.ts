import {
  type Capability,
  type FaultManifest,
  localRefusals,
  type Manifest,
  type Refusal,
  type ScheduleManifest,
} from '../manifests/index.ts'
import { type Course, type Placed, seconds } from './course.ts'
import { embeddedCourse, faultCourse } from './fault-course.ts'
import { faultSeed } from './fault-seed.ts'
import type { HttpCheck } from './http-check.ts'
import { repeat } from './repeat.ts'
import { workflowCourse } from './workflow-course.ts'

export interface FlattenOptions {
  readonly seed: number
  /** when the phase begins, from second 0 of the run */
  readonly startMs: number
  readonly lengthMs: number
  /** what this machine has */
  readonly has?: readonly Capability[]
}

/** From second 0 of the run. */
interface Timed {
  readonly atMs: number
  readonly forMs: number
  /** names of templates, and the numbers of firings (`#2`), that lead to it; empty for a manifest of one fault */
  readonly path: readonly string[]
}

/** One fault at its time. */
export interface TimedFault extends Timed {
  readonly manifest: FaultManifest
  /** chooses what is hit: the same seed of the plan gives the same one again */
  readonly seed: number
}

export interface TimedCheck extends Timed {
  readonly check: HttpCheck
}

export interface Timeline {
  readonly faults: readonly TimedFault[]
  readonly checks: readonly TimedCheck[]
  /** with one of these nothing of the manifest may be done */
  readonly refusals: readonly Refusal[]
}

/** A manifest as single faults and checks, each at its time within a phase; and what of it cannot be done. */
export function flatten(manifest: Manifest, { seed, startMs, lengthMs, has = [] }: FlattenOptions): Timeline {
  const course = courseOf(manifest, lengthMs)
  const faults = inTime(course.faults)
  const checks = inTime(course.checks)
  const timed = ({ atMs, untilMs, path }: Placed<unknown>): Timed => ({
    atMs: startMs + atMs,
    forMs: Math.min(untilMs, lengthMs) - atMs,
    path,
  })
  return {
    faults: faults.map((one, n) => ({ ...timed(one), manifest: one.value, seed: faultSeed(seed, n) })),
    checks: checks.map((one) => ({ ...timed(one), check: one.value })),
    refusals: [
      ...localRefusals(manifest, has),
      ...course.refusals,
      ...[...course.faults, ...course.checks].flatMap((one) => outOf(one, lengthMs)),
    ],
  }

  function inTime<Value>(placed: readonly Placed<Value>[]): Placed<Value>[] {
    return placed.filter((one) => outOf(one, lengthMs).length === 0).toSorted((a, b) => a.atMs - b.atMs)
  }
}

function courseOf(manifest: Manifest, lengthMs: number): Course {
  const { name } = manifest.metadata
  switch (manifest.kind) {
    case 'Workflow':
      return workflowCourse({ spec: manifest.spec, name, place: ['spec'], horizonMs: lengthMs }, 0, [])
    case 'Schedule':
      return scheduleCourse(manifest, lengthMs)
    default:
      return faultCourse(manifest, { atMs: 0, path: [], place: ['spec'] })
  }
}

function scheduleCourse({ metadata, spec }: ScheduleManifest, lengthMs: number): Course {
  const { workflow } = spec
  return repeat(spec, { fromMs: 0, untilMs: lengthMs }, ['spec'], (n, atMs) => {
    const name = `${metadata.name}-${n}`
    return workflow === undefined
      ? embeddedCourse({ type: spec.type, by: spec, name }, { atMs, path: [`#${n}`], place: ['spec'] })
      : workflowCourse({ spec: workflow, name, place: ['spec', 'workflow'], horizonMs: lengthMs }, atMs, [
          `#${n}`,
        ])
  })
}

/** What begins or ends after the phase is refused: a fault is never cut short in silence. */
function outOf({ atMs, untilMs, path, place }: Placed<unknown>, lengthMs: number): Refusal[] {
  const what = path.length === 0 ? 'it' : path.join(' › ')
  const late = atMs >= lengthMs
  if (!late && (untilMs <= lengthMs || untilMs === Number.POSITIVE_INFINITY)) return []
  const does = late ? `would begin after ${seconds(atMs)}` : `would last until ${seconds(untilMs)}`
  return [
    {
      path: place,
      why: `${what} ${does}, and the phase has ${seconds(lengthMs)}`,
      possibleWith: `a phase of ${late ? 'more than' : 'at least'} ${seconds(late ? atMs : untilMs)}`,
    },
  ]
}
