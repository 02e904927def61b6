const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** OpenSLO leaves open how long a month is; ours are 30, 90 and 365 days, as those of its own SDK. */
const UNIT_MS: Readonly<Record<string, number>> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  M: 30 * DAY_MS,
  Q: 90 * DAY_MS,
  Y: 365 * DAY_MS,
}

/** Milliseconds of `28d`; a number without a unit is minutes, as in timeSliceWindow. */
export function shorthandMs(text: string | number): number {
  if (typeof text === 'number') return text * MINUTE_MS
  return Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? Number.NaN)
}
