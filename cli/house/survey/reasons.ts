/** More lines than this want a reason. */
export const LONG_FILE_LINES = 200
export const LONG_TEST_LINES = 400

/** Why what is long, or written twice, is better so. */
export interface Reasons {
  /** by path */
  readonly files: Readonly<Record<string, string>>
  readonly repeats: readonly {
    /** two files, or one file twice */
    readonly files: readonly [string, string]
    readonly why: string
  }[]
}

export const REASONS: Reasons = { files: {}, repeats: [] }
