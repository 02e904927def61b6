import { EMBEDDED, embeddedKey } from '../manifests/embedded.ts'
import { type FaultManifest, goDurationMs } from '../manifests/index.ts'
import { KINDS } from '../manifests/kinds.ts'
import { valuesAt } from '../manifests/values-at.ts'
import { type Course, emptyUntil, type Placed } from './course.ts'

/** Where something begins, and what leads to it. */
export type Start = Pick<Placed<unknown>, 'atMs' | 'path' | 'place'>

/** One fault, for its duration; without one until somebody ends it. What is done at once is over at once. */
export function faultCourse(manifest: FaultManifest, start: Start): Course {
  const [duration] = valuesAt(manifest.spec, ['duration'])
  const lengthMs = duration === undefined ? Number.POSITIVE_INFINITY : goDurationMs(String(duration.value))
  const untilMs = start.atMs + (lengthMs ?? 0)
  const fault = { ...start, untilMs, value: manifest }
  return { ...emptyUntil(isOneShot(manifest) ? start.atMs : untilMs), faults: [fault] }
}

/** The fault that something holds under the key of this type; none, when it holds no such fault. */
export function embeddedCourse(
  held: { readonly type: string; readonly by: object; readonly name: string },
  start: Start,
): Course {
  const key = embeddedKey(held.type)
  const [spec] = key === undefined ? [] : valuesAt(held.by, [key])
  const manifest = key && spec && EMBEDDED[key].around(held.name, spec.value)
  return manifest === undefined ? emptyUntil(start.atMs) : faultCourse(manifest, start)
}

/** Done at once: nothing is on afterwards that could be ended, such as a kill. */
export function isOneShot({ kind, spec }: FaultManifest): boolean {
  const [action] = valuesAt(spec, ['action'])
  return KINDS.find(kind)?.oneShot.includes(String(action?.value)) ?? false
}
