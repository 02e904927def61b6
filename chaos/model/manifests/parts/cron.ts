import { goDurationMs } from './duration.ts'

/** A time table: seconds of the day and days that fit. It is counted in UTC. */
export interface Cron {
  /** whole seconds from its beginning, whatever the time of day; of `@every` */
  readonly everySeconds?: number
  readonly fields?: CronFields
}

interface CronFields {
  readonly second: Field
  readonly minute: Field
  readonly hour: Field
  readonly dayOfMonth: Field
  readonly month: Field
  readonly dayOfWeek: Field
}

interface Field {
  readonly values: ReadonlySet<number>
  /** begins with a star: the days of the month and of the week are joined by "and", else by "or" */
  readonly isStar: boolean
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const SHORT: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** As Chaos Mesh reads it (robfig/cron): five fields, six with seconds first, `@hourly`, `@every 90s`. */
export function parseCron(text: string): Cron | undefined {
  const [, every] = /^@every +(\S+)$/.exec(text.trim()) ?? []
  if (every !== undefined) {
    const ms = goDurationMs(every)
    return ms === undefined || ms <= 0 ? undefined : { everySeconds: Math.max(1, Math.floor(ms / 1000)) }
  }
  const parts = (SHORT[text.trim()] ?? text.trim()).split(/\s+/)
  if (parts.length !== 5 && parts.length !== 6) return undefined
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] =
    parts.length === 5 ? ['0', ...parts] : parts
  const fields = {
    second: fieldOf(second, 0, 59),
    minute: fieldOf(minute, 0, 59),
    hour: fieldOf(hour, 0, 23),
    dayOfMonth: fieldOf(day, 1, 31),
    month: fieldOf(month, 1, 12, ['', ...MONTHS]),
    dayOfWeek: fieldOf(weekday, 0, 6, DAYS),
  }
  return isWhole(fields) ? { fields } : undefined
}

function isWhole(fields: { readonly [Key in keyof CronFields]: Field | undefined }): fields is CronFields {
  return Object.values(fields).every((field) => field !== undefined)
}

/** `*`, `1-5`, `MON`, `0/15`, and lists of those. */
function fieldOf(
  text: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): Field | undefined {
  const values = new Set<number>()
  for (const item of text.split(',')) {
    const [, from = '', to, step] = /^([*?]|\w+)(?:-(\w+))?(?:\/([0-9]+))?$/.exec(item) ?? []
    const isAll = from === '*' || from === '?'
    const first = isAll ? least : numberOf(from, names)
    const last = to === undefined ? (isAll || step !== undefined ? most : first) : numberOf(to, names)
    const by = Number(step ?? 1)
    if (!(first >= least && last <= most && first <= last && by > 0) || (isAll && to !== undefined))
      return undefined
    for (let value = first; value <= last; value += by) values.add(value)
  }
  return { values, isStar: /(^|,)[*?]/.test(text) }
}

function numberOf(word: string, names: readonly string[]): number {
  const named = word === '' ? -1 : names.indexOf(word.toLowerCase())
  return named >= 0 ? named : /^[0-9]+$/.test(word) ? Number(word) : Number.NaN
}

/** The moments, in ms since 1970, at which it fires after `fromMs` and before `untilMs`. `@every` counts from `fromMs`. */
export function firings({ everySeconds, fields }: Cron, fromMs: number, untilMs: number): number[] {
  const stepMs = (everySeconds ?? 1) * 1000
  const first = everySeconds === undefined ? (Math.floor(fromMs / 1000) + 1) * 1000 : fromMs + stepMs
  const steps = Math.max(0, Math.ceil((untilMs - first) / stepMs))
  const moments = Array.from({ length: steps }, (_, n) => first + n * stepMs)
  return fields === undefined ? moments : moments.filter((moment) => isNow(fields, new Date(moment)))
}

function isNow(fields: CronFields, at: Date): boolean {
  const isDay = [fields.dayOfMonth.values.has(at.getUTCDate()), fields.dayOfWeek.values.has(at.getUTCDay())]
  return (
    fields.second.values.has(at.getUTCSeconds()) &&
    fields.minute.values.has(at.getUTCMinutes()) &&
    fields.hour.values.has(at.getUTCHours()) &&
    fields.month.values.has(at.getUTCMonth() + 1) &&
    (fields.dayOfMonth.isStar || fields.dayOfWeek.isStar ? isDay.every(Boolean) : isDay.some(Boolean))
  )
}
