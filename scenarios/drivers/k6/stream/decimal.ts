const ZERO = 48
const MINUS = 45
const POINT = 46
/** Whole numbers of so many digits are exact in a double, and so are these powers: their quotient is rounded once. */
const EXACT_DIGITS = 15
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]

/** The number that these bytes spell, such as `-12.500000`; NaN when they spell none, or one that is not finite. */
export function decimal(bytes: Buffer, from: number, to: number): number {
  let [digits, whole, fraction] = [0, 0, -1]
  const first = bytes[from] === MINUS ? from + 1 : from
  for (let at = first; at < to; at += 1) {
    const digit = bytes[at]! - ZERO
    if (digit >= 0 && digit <= 9) {
      digits += 1
      whole = whole * 10 + digit
      if (fraction >= 0) fraction += 1
    } else if (bytes[at] === POINT && fraction < 0) fraction = 0
    else return spelt(bytes, from, to)
  }
  if (digits === 0 || digits > EXACT_DIGITS) return spelt(bytes, from, to)
  const value = whole / POWERS[Math.max(0, fraction)]!
  return first === from ? value : -value
}

/** Any other way to spell a number. */
function spelt(bytes: Buffer, from: number, to: number): number {
  const text = bytes.toString('latin1', from, to)
  const value = /\d/.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : Number.NaN
}

/** A time stamp of 19 digits, in microseconds: nanoseconds do not fit a double. NaN when it is none. */
export function microseconds(bytes: Buffer, from: number, to: number): number {
  if (to - from !== 19) return Number.NaN
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = bytes[at]! - ZERO
    if (digit < 0 || digit > 9) return Number.NaN
    if (at < to - 3) value = value * 10 + digit
  }
  return value
}
