import type { Control, PlannedExperiment, RunContext, Undo, Victim } from '../../reports/run/index.ts'

export type BlastRadius = PlannedExperiment['blastRadius']

/** What a probe from the outside says of a fault's effect, with what it saw in words. */
export interface EffectProof {
  readonly proof: 'confirmed' | 'mismatch' | 'unproven'
  readonly seen: string
}

/** What the undo came to: only `normal` proves that the fault is gone. */
export interface UndoProof {
  readonly normal: boolean
  readonly seen: string
}

/** What a fault may use while it acts. */
export interface FaultScene {
  readonly victim: Victim
  readonly control: Control
  readonly context: RunContext
  /** how long the way back may take until it is proven */
  readonly rollbackWithinMs: number
  /** does what `wayBack` says; why it could not, in words, or undefined when it did */
  takeBack(): Promise<string | undefined>
}

/** A fault while it is on: `inject` gave it, and only it knows how its effect is seen. */
export interface InjectedFault {
  prove(): Promise<EffectProof>
  /** takes the fault back; throws nothing, says in words what was done */
  undo(): Promise<string>
  /** measures from the outside that the fault is gone */
  proveGone(): Promise<UndoProof>
}

/** A kind of fault: one file, and one line in the list of built-ins. */
export interface FaultKind {
  readonly kind: PlannedExperiment['fault']['kind']
  /** the Chaos Mesh resource that it is the local implementation of */
  readonly manifest: { readonly kind: string; readonly action: string }
  /** said to people before anything is touched */
  describe(radius: BlastRadius): { readonly does: string; readonly undo: string; readonly proof: string }
  /** the way back as plain data, journaled and held by the guardian before `inject` */
  wayBack(victim: Victim, control: Control): Undo
  /** never throws: what may have been done is on, and is taken back */
  inject(scene: FaultScene): Promise<InjectedFault>
}
