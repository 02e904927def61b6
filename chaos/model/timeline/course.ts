import type { YamlPath } from '../../../reports/run/index.ts'
import type { FaultManifest, Refusal } from '../manifests/index.ts'
import type { HttpCheck } from './http-check.ts'

/** Something on the timeline, counted from the start of the phase. */
export interface Placed<Value> {
  readonly atMs: number
  /** Infinity: until somebody ends it */
  readonly untilMs: number
  /** names of templates, and the numbers of firings, that lead to it */
  readonly path: readonly string[]
  /** where it stands in the manifest */
  readonly place: YamlPath
  readonly value: Value
}

/** What a part of a manifest comes to. */
export interface Course {
  /** when it is over; Infinity: never by itself */
  readonly endMs: number
  readonly faults: readonly Placed<FaultManifest>[]
  readonly checks: readonly Placed<HttpCheck>[]
  readonly refusals: readonly Refusal[]
}

export function emptyUntil(endMs: number, refusals: readonly Refusal[] = []): Course {
  return { endMs, faults: [], checks: [], refusals }
}

/** All of these: over when the last one is. */
export function together(courses: readonly Course[], fromMs: number): Course {
  return {
    endMs: Math.max(fromMs, ...courses.map(({ endMs }) => endMs)),
    faults: courses.flatMap(({ faults }) => faults),
    checks: courses.flatMap(({ checks }) => checks),
    refusals: courses.flatMap(({ refusals }) => refusals),
  }
}

/** Ended by a deadline: what is on is taken back then, and what had not begun is refused. */
export function cutAt(course: Course, untilMs: number): Course {
  const late = [...course.faults, ...course.checks].filter(({ atMs }) => atMs >= untilMs)
  return {
    endMs: Math.min(course.endMs, untilMs),
    faults: cut(course.faults, untilMs),
    checks: cut(course.checks, untilMs),
    refusals: [...course.refusals, ...late.map((one) => tooLate(one, untilMs))],
  }
}

function cut<Value>(placed: readonly Placed<Value>[], untilMs: number): Placed<Value>[] {
  return placed
    .filter(({ atMs }) => atMs < untilMs)
    .map((one) => ({ ...one, untilMs: Math.min(one.untilMs, untilMs) }))
}

function tooLate({ place, path, atMs }: Placed<unknown>, untilMs: number): Refusal {
  return {
    path: place,
    why: `${path.join(' › ')} would begin after ${seconds(atMs)}, and a deadline around it ends after ${seconds(untilMs)}`,
    possibleWith: 'a longer deadline around it',
  }
}

export function seconds(ms: number): string {
  return `${ms / 1000} s`
}
