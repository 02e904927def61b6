import { Type } from 'typebox'

/** RFC 1123 label, at most 40 characters: names of plans, scenarios, experiments, objectives, phases. */
export const LABEL_PATTERN = '^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$'
export const Label = Type.String({
  title: 'name',
  pattern: LABEL_PATTERN,
  description: 'lower-case letters, digits and hyphens, at most 40',
})

export const RUN_ID_PATTERN = '^[0-9]{8}-[0-9]{6}-[a-z0-9]{4}$'

/** A moment: microseconds since 1970, an integer, on the run's one clock. */
export const Microseconds = Type.Integer({
  minimum: 0,
  description: 'microseconds since 1970-01-01T00:00:00Z',
})

/** `20261121-014530-k3f9`: UTC date and time, and four random characters; can stand in a Kubernetes name. */
export function newRunId(atUs: number, random: () => number): string {
  const stamp = new Date(atUs / 1000).toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-')
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  const tail = Array.from({ length: 4 }, () => letters[Math.floor(random() * letters.length)])
  return `${stamp}-${tail.join('')}`
}

/** When a run began, by its id: to the second. */
export function runIdAtUs(id: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(id)?.map(Number) ?? []
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) * 1000
}
