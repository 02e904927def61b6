import type { Complaint } from '../../../reports/run/index.ts'
import type { Kind, OpenReference } from '../../../slo/model/index.ts'

/** What `slo validate --json` prints. */
export interface Validation {
  readonly schema: 'gauntlet/slo-validate/1'
  readonly files: readonly ValidatedFile[]
}

export interface ValidatedFile {
  readonly file: string
  readonly objects: readonly ValidatedObject[]
  readonly mistakes: readonly Complaint[]
  /** names that stand in no file that was read */
  readonly open: readonly OpenReference[]
}

export interface ValidatedObject {
  readonly kind: Kind
  readonly name: string
  readonly line: number
  /** of an SLO its promises, one for each objective; of others one line of what it is */
  readonly says: readonly string[]
  /** of an SLO: why it cannot be judged here, although it is right */
  readonly unjudged: string | null
}
