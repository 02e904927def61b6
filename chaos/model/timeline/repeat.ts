import type { YamlPath } from '../../../reports/run/index.ts'
import type { Refusal } from '../manifests/index.ts'
import { firings, parseCron } from '../manifests/parts/cron.ts'
import { type Course, cutAt, emptyUntil, seconds, together } from './course.ts'

/** Far more than anybody watches, and far from where memory ends. */
const MOST_FIRINGS = 1000
/** The start of a phase counts as this midnight in UTC: a Monday, and the first of a month and of a year. */
const START_MS = Date.UTC(2024, 0, 1)

export interface Times {
  readonly schedule: string
  readonly concurrencyPolicy?: 'Forbid' | 'Allow'
}

export interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * What a schedule starts between two moments. Never at the first one itself, as in Chaos Mesh. Forbid, which holds unless
 * Allow is said, leaves out a firing while the one before is on. What is done at once is proven gone at the next firing.
 */
export function repeat(
  { schedule, concurrencyPolicy }: Times,
  { fromMs, untilMs }: Span,
  place: YamlPath,
  fire: (n: number, atMs: number) => Course,
): Course {
  const cron = parseCron(schedule)
  const moments = cron
    ? firings(cron, START_MS + fromMs, START_MS + untilMs).map((one) => one - START_MS)
    : []
  if (moments.length === 0 || moments.length > MOST_FIRINGS)
    return emptyUntil(untilMs, [refusal(moments.length, { fromMs, untilMs }, place)])
  const courses: Course[] = []
  let freeMs = fromMs
  for (const [n, atMs] of moments.entries()) {
    if (concurrencyPolicy !== 'Allow' && atMs < freeMs) continue
    const course = fire(courses.length + 1, atMs)
    freeMs = course.endMs
    courses.push(cutAt(course, course.endMs > atMs ? untilMs : (moments[n + 1] ?? untilMs)))
  }
  return { ...together(courses, fromMs), endMs: untilMs }
}

function refusal(count: number, { fromMs, untilMs }: Span, place: YamlPath): Refusal {
  return {
    path: [...place, 'schedule'],
    why: `it fires ${count} times in ${seconds(untilMs - fromMs)}`,
    possibleWith:
      count === 0 ? 'a longer time, or a schedule such as "@every 10s"' : `at most ${MOST_FIRINGS} firings`,
  }
}
