import type { ContainerRules, Control, RunContext, Target, Undo, Victim } from '../../reports/run/index.ts'
import type { Docker } from '../drivers/local/docker/index.ts'
import type { LinkRoutes, Toxic } from '../drivers/local/links/index.ts'
import type { Machine } from '../model/machine.ts'
import type { FaultManifest } from '../model/manifests/index.ts'
import type { Claims } from './claims.ts'
import type { NameBook } from './name-book.ts'
import type { StressBook } from './stress-book.ts'

/** Said to people before anything is touched. */
export interface FaultWords {
  readonly radius: string
  readonly does: string
  readonly undo: string
  readonly proof: string
}

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

/** What is one for all faults of a run, as two of them may meet on it. */
export interface SharedByFaults {
  /** the links that go through a proxy */
  readonly routes: LinkRoutes
  /** the rules on names */
  readonly names: NameBook
  /** the burdens on the machine */
  readonly stress: StressBook
  /** what one fault at a time may change */
  readonly claims: Claims
}

/** What a fault may use. */
export interface FaultScene extends SharedByFaults {
  /** RUN/EXPERIMENT/N */
  readonly id: string
  readonly control: Control
  readonly context: RunContext
  /** how long the way back may take until it is proven */
  readonly rollbackWithinMs: number
  /** as the guardian would do it, tried again until that time is over; why it could not, in words, or undefined when it did */
  takeBack(undo: Undo): Promise<string | undefined>
}

/** A fault while it is on: `inject` gave it, and only it knows how its effect is seen. */
export interface InjectedFault {
  /** looks for the effect until it is seen, until it cannot come any more, or until the fault is to end */
  prove(over: AbortSignal): Promise<EffectProof>
  /** takes the fault back; throws nothing, says in words what was done */
  undo(): Promise<string>
  /** one look before any undo of ours: whether others took the fault back, and what of it is still on */
  goneByOthers(): Promise<UndoProof>
  /** measures from the outside, after the undo, that the fault is gone */
  proveGone(): Promise<UndoProof>
}

/** All is ready for the act. */
export interface PreparedFault {
  /** the way back as plain data, journaled and held by the guardian before `inject` */
  readonly undo: Undo
  /** never throws: what may have been done is on, and is taken back */
  inject(): Promise<InjectedFault>
  /** it will not be injected: lets go of what was got ready that would outlive us */
  abandon?(): Promise<void>
}

/** A fault and what it hits. */
export interface AimedFault {
  readonly victim: Victim
  /** gets ready what it needs, such as a proxy that passes everything on: harmless, and gone with the guardian */
  prepare(scene: FaultScene): Promise<PreparedFault>
}

/** Whom a fault may ask, beyond what the target describes. */
export interface Surroundings {
  readonly docker: Docker
  /** what the policy says of containers */
  readonly containerRules?: ContainerRules | undefined
}

/** Why something cannot be done, and what would make it possible. */
export interface Refusal {
  readonly why: string
  readonly hint: string
}

/** A fault as its manifest says it. */
export interface Fault {
  readonly words: FaultWords
  /** what it puts on links that it leads through a proxy */
  readonly toxics?: readonly Pick<Toxic, 'type' | 'attributes'>[]
  /** why it cannot be done to this target on this machine, and what would make it possible */
  whyNot(target: Target, machine: Machine): Refusal | undefined
  /** what is hit, chosen by the seed, so that a run can be repeated; throws GauntletError when there is nothing */
  aim(target: Target, seed: number): readonly AimedFault[]
  /** the same in place of `aim`, of what no target describes and somebody must be asked for */
  aimNow?(seed: number, around: Surroundings): Promise<readonly AimedFault[]>
}

/** A kind of fault: one file, and one line in the list of built-ins. */
export interface FaultKind {
  readonly kind: string
  /** undefined when the manifest is one of another kind */
  read(manifest: FaultManifest): Fault | undefined
}
