import type { Undo } from '../../reports/run/index.ts'

/** Whoever keeps the way back when the harness dies: the guardian. Each call resolves when it is certain. */
export interface UndoKeeper {
  holdUndo(id: string, undo: Undo): Promise<void>
  release(id: string): Promise<void>
}
