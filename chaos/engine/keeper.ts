import type { HeldUndo, Undo } from '../../reports/run/index.ts'
import type { Carriers } from '../faults/index.ts'

/** Whoever keeps the way back when the harness dies: the guardian. */
export interface UndoKeeper extends Carriers {
  /** resolves with the id for `release` when it is certain */
  hold(undo: HeldUndo): Promise<string>
  release(id: string): Promise<void>
  /** false once the keeper may have taken back all that it held: then nothing more may be injected */
  isWatching(): boolean
  /** as the keeper would do it, tried again for so long; why it could not, in words, or undefined when it did */
  takeBack(undo: Undo, withinMs: number): Promise<string | undefined>
}
