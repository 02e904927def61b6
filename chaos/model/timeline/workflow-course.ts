import type { YamlPath } from '../../../reports/run/index.ts'
import { goDurationMs } from '../manifests/index.ts'
import type { Template, WorkflowSpec } from '../manifests/workflow.ts'
import { type Course, cutAt, emptyUntil, seconds, together } from './course.ts'
import { embeddedCourse } from './fault-course.ts'
import { checkLengthMs, toHttpCheck } from './http-check.ts'
import { repeat } from './repeat.ts'

interface Walk {
  readonly spec: WorkflowSpec
  /** of the workflow: those of its faults begin with it */
  readonly name: string
  readonly place: YamlPath
  /** when the phase is over: a schedule without a deadline fires until then */
  readonly horizonMs: number
}

interface Step {
  readonly name: string
  readonly atMs: number
  /** what leads to it */
  readonly path: readonly string[]
}

/** A workflow from its entry on. */
export function workflowCourse(walk: Walk, atMs: number, path: readonly string[]): Course {
  return templateCourse({ name: walk.spec.entry, atMs, path }, walk)
}

function templateCourse({ name, atMs, path: above }: Step, walk: Walk): Course {
  const n = walk.spec.templates.findIndex((one) => one.name === name)
  const template = walk.spec.templates[n]
  if (template === undefined) return emptyUntil(atMs)
  const path = [...above, name]
  const place = [...walk.place, 'templates', n]
  const start = { atMs, path, place }
  const { deadline } = template
  const deadlineMs = deadline === undefined ? Number.POSITIVE_INFINITY : atMs + (goDurationMs(deadline) ?? 0)
  switch (template.templateType) {
    case 'Suspend':
      return emptyUntil(deadlineMs)
    case 'Serial':
      return cutAt(serial(template, start, walk), deadlineMs)
    case 'Parallel': {
      const children = template.children ?? []
      return cutAt(
        together(
          children.map((child) => templateCourse({ name: child, atMs, path }, walk)),
          atMs,
        ),
        deadlineMs,
      )
    }
    case 'StatusCheck':
      return cutAt(check(template, start), deadlineMs)
    case 'Schedule':
      return scheduled(
        template,
        start,
        { ...walk, horizonMs: Math.min(deadlineMs, walk.horizonMs) },
        deadlineMs,
      )
    case 'Task':
      return emptyUntil(atMs) // refused as a limit of the kind
    default: {
      const held = { type: template.templateType, by: template, name: `${walk.name}-${name}` }
      // Chaos Mesh ends it by the deadline alone, a kill too.
      return { ...cutAt(embeddedCourse(held, start), deadlineMs), endMs: deadlineMs }
    }
  }
}

type Start = Step & { readonly place: YamlPath }

function serial(template: Template, start: Omit<Start, 'name'>, walk: Walk): Course {
  const courses: Course[] = []
  let atMs = start.atMs
  for (const [n, name] of (template.children ?? []).entries()) {
    if (atMs === Number.POSITIVE_INFINITY) {
      const before = template.children?.[n - 1]
      courses.push(emptyUntil(atMs, [neverBegins(name, before, [...start.place, 'children', n])]))
      continue
    }
    const course = templateCourse({ name, atMs, path: start.path }, walk)
    atMs = course.endMs
    courses.push(course)
  }
  return { ...together(courses, start.atMs), endMs: atMs }
}

function neverBegins(name: string, before: string | undefined, path: YamlPath) {
  return {
    path,
    why: `"${name}" never begins: "${before}", which comes before it, never ends`,
    possibleWith: `a deadline for "${before}"`,
  }
}

function check({ statusCheck, abortWithStatusCheck }: Template, start: Omit<Start, 'name'>): Course {
  if (statusCheck === undefined) return emptyUntil(start.atMs)
  const value = toHttpCheck(statusCheck, abortWithStatusCheck)
  const untilMs = start.atMs + checkLengthMs(value, statusCheck.duration)
  return { ...emptyUntil(untilMs), checks: [{ ...start, untilMs, value }] }
}

function scheduled(template: Template, start: Omit<Start, 'name'>, walk: Walk, endMs: number): Course {
  const { schedule: by, name } = template
  if (by === undefined) return emptyUntil(endMs)
  if (start.atMs >= walk.horizonMs)
    return emptyUntil(endMs, [
      {
        path: start.place,
        why: `it would begin after ${seconds(start.atMs)}, when the phase is over`,
        possibleWith: 'a longer phase',
      },
    ])
  const place = [...start.place, 'schedule']
  const fired = repeat(by, { fromMs: start.atMs, untilMs: walk.horizonMs }, place, (n, atMs) =>
    embeddedCourse(
      { type: by.type, by, name: `${walk.name}-${name}-${n}` },
      { atMs, path: [...start.path, `#${n}`], place },
    ),
  )
  return { ...fired, endMs }
}
