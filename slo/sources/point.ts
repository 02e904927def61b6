/** A value that was read now and then: by a probe, or by a data source. */
export interface Point {
  /** from second 0 */
  readonly atMs: number
  /** null: there was nothing to read */
  readonly value: number | null
}
