import { list, nearestHint, type Target } from '../../../reports/run/index.ts'
import type { Mistake, OutOfReach } from '../probe-kind.ts'

/** A thing is asked for in exactly one of these ways. */
export function exactlyOne<Key extends string>(
  settings: Readonly<Partial<Record<Key, unknown>>>,
  keys: readonly Key[],
): Mistake[] {
  const given = keys.filter((key) => settings[key] !== undefined)
  if (given.length === 1) return []
  const message = given.length === 0 ? `none of ${list(keys)} is given` : `${list(given)} are given`
  return [{ path: [], message, hint: `expected one of ${list(keys)}` }]
}

/** Why the target does not have what is asked for by its name. */
export function notDescribed(
  what: string,
  name: string,
  known: readonly string[],
  { name: target }: Pick<Target, 'name'>,
): OutOfReach | undefined {
  return known.includes(name)
    ? undefined
    : { why: `${target} describes no ${what} ${name}`, hint: nearestHint(name, known) }
}
