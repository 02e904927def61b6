import type { ComparisonVerdict } from '../run/comparison.ts'
import type { RunVerdict } from '../run/verdict.ts'

/** A word of a verdict, told apart by its colour as well; one without a verdict stays plain. */
export type Paint = (word: string, verdict: RunVerdict | ComparisonVerdict | undefined) => string

const ANSI: Readonly<Record<RunVerdict | ComparisonVerdict, string>> = {
  met: '32',
  'no-regression': '32',
  violated: '31',
  regression: '31',
  inconclusive: '33',
  invalid: '35',
}

export const paintWith = (colour: boolean): Paint => (colour ? painted : plainly)

const painted: Paint = (word, verdict) =>
  verdict === undefined ? word : `\u001b[1;${ANSI[verdict]}m${word}\u001b[0m`
const plainly: Paint = (word) => word
