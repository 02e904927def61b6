import type { UndoKeeper } from '../../../chaos/index.ts'
import {
  type Control,
  GauntletError,
  isTaken,
  type JournalFact,
  nearestHint,
  type RunContext,
  said,
  type Target,
  type Undo,
} from '../../../reports/run/index.ts'

/** Refuses a name that the target does not know. */
export function checkSwitches(names: readonly string[], target: Target): void {
  const known = target.switches.map((one) => one.name)
  for (const name of names)
    if (!known.includes(name))
      throw new GauntletError('UNKNOWN_SWITCH', `${target.name} has no switch "${name}"`, {
        hint: known.length > 0 ? nearestHint(name, known) : `${target.name} describes no switches`,
      })
}

/** A target that is busy may not hear of it at once. */
const TAKEN_BACK_WITHIN_MS = 10_000

interface Scene {
  readonly control: Control
  readonly keeper: UndoKeeper
}

export interface ThrownSwitch {
  readonly name: string
  readonly undo: Undo
  /** the keeper's id of the undo */
  readonly held: string
}

/** Holds and journals the way back: only then may the switch be thrown. */
export async function holdSwitch(
  name: string,
  { control, keeper }: Scene,
  context: RunContext,
): Promise<ThrownSwitch> {
  const undo = control.switchRequest(name, false)
  const held = await keeper.hold({ kind: 'switch', undo, switch: name })
  await context.record.journal({ kind: 'switch-throwing', switch: name, undo })
  return { name, undo, held }
}

export async function throwSwitch(
  { name }: ThrownSwitch,
  { control }: Scene,
  context: RunContext,
): Promise<void> {
  const reply = await control.send(control.switchRequest(name, true))
  if (!isTaken(reply))
    throw new GauntletError('SWITCH_REFUSED', `the target did not throw ${name}: ${said(reply)}`, {
      exit: 'machinery',
    })
  await context.record.journal({ kind: 'switch-thrown', switch: name })
  context.log.fact(`switch ${name} thrown`)
}

/** Puts a switch back. A refusal is journaled, never thrown: the others must follow. */
export async function undoSwitch(
  { name, undo, held }: ThrownSwitch,
  { keeper }: Scene,
  context: RunContext,
): Promise<void> {
  const seen = await keeper.takeBack(undo, TAKEN_BACK_WITHIN_MS)
  const undone = seen === undefined
  const fact: JournalFact = undone
    ? { kind: 'switch-undone', switch: name, by: 'harness' }
    : { kind: 'switch-undo-failed', switch: name, by: 'harness', seen }
  await context.record.journal(fact).catch(() => {}) // a full disk must not keep the other switches on
  context.log.fact(undone ? `switch ${name} undone` : `switch ${name} NOT undone: ${seen}`)
  if (undone) await keeper.release(held).catch(() => {}) // a keeper that is gone ends the run by itself
}
