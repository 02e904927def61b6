/** More lines than this want a reason. */
export const LONG_FILE_LINES = 200
export const LONG_TEST_LINES = 400

/** Why a long file is better whole. */
export const LONG_FILES: Readonly<Record<string, string>> = {}

export interface ReasonForRepeat {
  /** two files, or one file twice */
  readonly files: readonly [string, string]
  readonly why: string
}

/** Why what is written twice is better so. */
export const REPEATS: readonly ReasonForRepeat[] = []
