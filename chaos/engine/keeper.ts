import type { Undo } from '../../reports/run/index.ts'

/** The way back from a fault or a switch, as plain data. */
export type HeldUndo =
  | { readonly kind: 'fault'; readonly undo: Undo; readonly injection: string; readonly experiment: string }
  | { readonly kind: 'switch'; readonly undo: Undo; readonly switch: string }

/** Whoever keeps the way back when the harness dies: the guardian. Each call resolves when it is certain. */
export interface UndoKeeper {
  /** resolves with the id for `release` */
  hold(undo: HeldUndo): Promise<string>
  release(id: string): Promise<void>
}
