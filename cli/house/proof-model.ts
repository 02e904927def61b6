import { type Static, Type } from 'typebox'

/** What one trial found; numbers and words, so that it can be kept between two slices. */
export type TrialResult = Readonly<Record<string, number | string | boolean>>

export interface Conclusion {
  readonly verdict: 'met' | 'violated' | 'inconclusive'
  readonly figure: number
  readonly interval: readonly [number, number]
  readonly unit: string
  /** what others make of the same, in words: shown beside it, and not judged */
  readonly beside?: string
  /** kept beside the last ones: none may be lower by more than 0.05 */
  readonly cells?: Readonly<Record<string, number>>
}

/** A member of the family: `proofs/NAME.ts` exports one as `proof`. */
export interface ProofWork {
  /** a sentence that could be false */
  readonly claim: string
  readonly trials: number
  readonly seed: number
  /** starts what all trials need; its undo runs whatever happens */
  prepare?(): Promise<AsyncDisposable>
  /** one trial, decided by its seed alone */
  trial(seed: number, index: number): Promise<TrialResult>
  conclude(results: readonly TrialResult[]): Conclusion
}

/** What is kept between two slices, in .gauntlet/proofs/NAME.json; trials of another commit do not count. */
export const ProofProgress = Type.Object({
  schema: Type.Literal('gauntlet/proof-progress/1'),
  commit: Type.String(),
  seed: Type.Integer(),
  results: Type.Array(Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]))),
})
export type ProofProgress = Static<typeof ProofProgress>
