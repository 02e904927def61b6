import type { UndoKeeper } from '../../../chaos/index.ts'
import type {
  Control,
  Driver,
  JournalEntry,
  JournalKind,
  Plan,
  PlannedExperiment,
  PlannedLoad,
  Ready,
} from '../../../reports/run/index.ts'
import type { AuditStep } from '../../../scenarios/drivers/lighthouse/index.ts'
import type { MachineHealth } from '../../process/machine-health.ts'
import type { Asking } from './asking/asking.ts'
import type { Stopper } from './stop.ts'
import type { VersionNow } from './watch-version.ts'

/** One for each kind of step in the plan; load and audits have none when the plan has no such step. */
export interface Drivers {
  readonly load?: Driver<readonly PlannedLoad[]>
  readonly experiment: Driver<PlannedExperiment>
  readonly audit?: Driver<AuditStep>
}

export interface Execution {
  readonly plan: Plan
  readonly drivers: Drivers
  /** the target's own; of one that offers none, what finds its processes by their ports */
  readonly control: Control
  readonly keeper: UndoKeeper
  readonly switches: readonly string[]
  readonly stopper: Stopper
  readonly versionNow: VersionNow
  /** what probes may ask besides the target */
  readonly asking?: Asking
  /** what this machine has to spare now */
  health(): Promise<MachineHealth>
  /** resolves with the first journal entry of this kind */
  seen(kind: JournalKind): Promise<JournalEntry>
}

/** What a run starts, all of it prepared before the clock runs. */
export interface Prepared {
  readonly load: Ready | undefined
  readonly experiments: ReadonlyMap<string, Ready>
  /** by `PHASE/AUDIT` */
  readonly audits: ReadonlyMap<string, Ready>
}
