import type { YamlPath } from '../../../reports/run/index.ts'
import { goDurationMs, type Refusal } from '../manifests/index.ts'
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
    case 'Parallel':
      return cutAt(parallel(template, start, walk), deadlineMs)
    case 'StatusCheck':
      return cutAt(check(template, start), deadlineMs)
    case 'Schedule':
      return { ...scheduled(template, start, within(walk, deadlineMs)), endMs: deadlineMs }
    case 'Task':
      return emptyUntil(atMs) // refused as a limit of the kind
    default: {
      const held = { type: template.templateType, by: template, name: `${walk.name}-${name}` }
      // Chaos Mesh ends it by the deadline alone, a kill too.
      return { ...cutAt(embeddedCourse(held, start), deadlineMs), endMs: deadlineMs }
    }
  }
}

type Start = Omit<Step, 'name'> & { readonly place: YamlPath }

function within(walk: Walk, deadlineMs: number): Walk {
  return { ...walk, horizonMs: Math.min(deadlineMs, walk.horizonMs) }
}

function parallel({ children = [] }: Template, { atMs, path }: Start, walk: Walk): Course {
  return together(
    children.map((name) => templateCourse({ name, atMs, path }, walk)),
    atMs,
  )
}

function serial({ children = [] }: Template, start: Start, walk: Walk): Course {
  const courses: Course[] = []
  let atMs = start.atMs
  let endless: string | undefined
  for (const [n, name] of children.entries()) {
    const course =
      endless === undefined
        ? templateCourse({ name, atMs, path: start.path }, walk)
        : emptyUntil(atMs, [neverBegins(name, endless, [...start.place, 'children', n])])
    courses.push(course)
    atMs = course.endMs
    if (atMs === Number.POSITIVE_INFINITY) endless ??= name
  }
  return { ...together(courses, start.atMs), endMs: atMs }
}

function neverBegins(name: string, endless: string, path: YamlPath): Refusal {
  return {
    path,
    why: `"${name}" never begins: "${endless}", which comes before it, never ends`,
    possibleWith: `a deadline for "${endless}"`,
  }
}

function check({ statusCheck, abortWithStatusCheck }: Template, start: Start): Course {
  if (statusCheck === undefined) return emptyUntil(start.atMs)
  const value = toHttpCheck(statusCheck, abortWithStatusCheck)
  const untilMs = start.atMs + checkLengthMs(value, statusCheck.duration)
  return { ...emptyUntil(untilMs), checks: [{ ...start, untilMs, value }] }
}

function scheduled({ schedule: by, name }: Template, start: Start, walk: Walk): Course {
  if (by === undefined) return emptyUntil(start.atMs)
  if (start.atMs >= walk.horizonMs) return emptyUntil(start.atMs, [afterPhase(start)])
  const place = [...start.place, 'schedule']
  const span = { fromMs: start.atMs, untilMs: walk.horizonMs }
  return repeat(by, span, place, (n, atMs) => {
    const held = { type: by.type, by, name: `${walk.name}-${name}-${n}` }
    return embeddedCourse(held, { atMs, path: [...start.path, `#${n}`], place })
  })
}

function afterPhase({ place, path, atMs }: Start): Refusal {
  return {
    path: place,
    why: `${path.join(' › ')} would begin after ${seconds(atMs)}, when the phase is over`,
    possibleWith: `a phase of more than ${seconds(atMs)}`,
  }
}
