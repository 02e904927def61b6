import { SHORTHAND_PATTERN } from '../model/open-slo/parts.ts'
import { shorthandMs } from '../model/shorthand.ts'

/** Milliseconds of a window, written as OpenSLO does: `28d`, `1M`; undefined when it is none, or longer than a number. */
export function parseWindow(text: string): number | undefined {
  const ms = new RegExp(SHORTHAND_PATTERN).test(text) ? shorthandMs(text) : Number.NaN
  return Number.isFinite(ms) ? ms : undefined
}
