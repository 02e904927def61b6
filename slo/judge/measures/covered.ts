import { percent } from '../../../reports/run/words/words.ts'

/** Below this share of points nobody knows how the others were: a process that was gone has no value. */
const LEAST_COVERED = 0.9

/** Why a mean or a trend says nothing of its whole phases; empty when enough was read. */
export const whyUncovered = (covered: number): string =>
  covered >= LEAST_COVERED ? '' : `Only ${percent(covered)} of its points could be read.`
