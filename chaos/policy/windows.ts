import { DAYS, type PolicyWindow } from './policy.ts'

/** Whether all of this time lies in one of the windows. */
export function isWithin(
  windows: readonly PolicyWindow[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): boolean {
  return windows.some((window) => {
    const [start, end] = [wallClock(startMs, window), wallClock(endMs, window)]
    const isOneDay = start.day === end.day && endMs - startMs < DAY_MS
    return isOneDay && window.days.includes(start.day) && start.time >= window.from && end.time <= window.to
  })
}

const DAY_MS = 86_400_000

/** `tue`, `09:30` */
function wallClock(atMs: number, { timeZone = 'UTC' }: PolicyWindow) {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
  })
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  const named = parts.get('weekday')?.toLowerCase()
  const day = DAYS.find((one) => one === named) ?? 'mon'
  const time = `${parts.get('hour')}:${parts.get('minute')}`
  return { day, time }
}

export const windowInWords = ({ days, from, to, timeZone = 'UTC' }: PolicyWindow): string =>
  `${days.join(', ')} ${from} to ${to} ${timeZone}`
