import type { UndoStep } from '../../../../reports/run/index.ts'

/** Something that a fault does, seen now, whoever did it. */
export interface Sighting {
  readonly what: string
  /** what would take it back */
  readonly step: UndoStep
}
