/** Digits of a time since 1970, and how many of its units make a microsecond: k6's unix, unix_milli, _micro and _nano. */
const PER_MICROSECOND: Readonly<Record<number, number>> = { 10: 1e-6, 13: 1e-3, 16: 1, 19: 1e3 }
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** Microseconds since 1970 of a time as k6 writes it, the middle of a whole second; undefined when it is none. */
export function timeUs(text: string): number | undefined {
  const us = /^\d+$/.test(text) ? unixUs(text) : rfcUs(text)
  return us !== undefined && isWholeSecond(text) ? us + 500_000 : us
}

function rfcUs(text: string): number | undefined {
  const ms = RFC_3339.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms * 1000
}

/** Nanoseconds do not fit a double: their last three digits are cut before the text becomes a number. */
function unixUs(digits: string): number | undefined {
  if (digits.length === 19) return Number(digits.slice(0, -3))
  const perUs = PER_MICROSECOND[digits.length]
  return perUs === undefined ? undefined : Math.round(Number(digits) / perUs)
}

/** Whether it is told to the second only. */
export const isWholeSecond = (text: string): boolean =>
  /^\d{10}$/.test(text) || (RFC_3339.test(text) && !text.includes('.'))
