import type { HeldUndo } from '../../reports/run/index.ts'

/** Whoever keeps the way back when the harness dies: the guardian. Each call resolves when it is certain. */
export interface UndoKeeper {
  /** resolves with the id for `release` */
  hold(undo: HeldUndo): Promise<string>
  release(id: string): Promise<void>
}
