import type { LineSink } from './lines.ts'

/** Reads the lines of one kind of results file, from its second line on where it has a header. */
export interface Parser extends LineSink {
  end(): void
}
