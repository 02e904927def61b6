import { nearest } from '../../../reports/run/index.ts'
import type { SloSpec } from '../open-slo/index.ts'
import type { Place } from './place.ts'

type TimeWindow = NonNullable<SloSpec['timeWindow']>[number]

/** Rolling, or aligned to a calendar; isRolling may be left out beside a calendar. */
export function checkTimeWindow({ isRolling = false, calendar }: TimeWindow, place: Place): void {
  if (isRolling && calendar !== undefined)
    place.say(['calendar'], 'a rolling window has no calendar', 'leave it out, or isRolling: false', 'key')
  if (!isRolling && calendar === undefined)
    place.say([], 'the window does not say when it starts', 'isRolling: true, or a calendar')
  if (calendar === undefined) return
  if (!isDateTime(calendar.startTime))
    place.say(
      ['calendar', 'startTime'],
      `"${calendar.startTime}" is not a date and a time`,
      'expected one without a time zone, such as 2026-01-31 12:30:00',
    )
  if (!isTimeZone(calendar.timeZone))
    place.say(
      ['calendar', 'timeZone'],
      `unknown timeZone "${calendar.timeZone}"`,
      nearestZone(calendar.timeZone),
    )
}

function isDateTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return false
  const iso = `${text.replace(' ', 'T')}.000Z`
  const date = new Date(iso)
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso // 2026-02-30 would become March
}

/** Names of the IANA database; the engine also takes offsets such as +01:00, which are none. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function nearestZone(name: string): string {
  const close = nearest(name, Intl.supportedValuesOf('timeZone'))
  return close.length > 0
    ? `nearest: ${close.join(', ')}`
    : 'a name of the IANA database, such as Europe/Berlin'
}
