import { SHORTHAND_PATTERN } from '../model/open-slo/parts.ts'
import { shorthandMs } from '../model/shorthand.ts'

/** Milliseconds of a window, written as OpenSLO does: `28d`, `1M`; undefined when it is none. */
export const parseWindow = (text: string): number | undefined =>
  new RegExp(SHORTHAND_PATTERN).test(text) ? shorthandMs(text) : undefined
