import type { LiveRun } from '../measured-run.ts'

/** A way to keep the load generator from a processor; one file each. */
export interface Starvation {
  readonly name: string
  /** why this machine has no such way; undefined when it has */
  whyNot(): string | undefined
  /** lasts for so many ms from second 0; harshness, from 0 (just enough) to 1, is drawn */
  starve(run: LiveRun, how: { readonly harshness: number; readonly lengthMs: number }): Promise<void>
}
