import type { Victim } from '../journal.ts'
import type { PlannedExperiment } from '../plan.ts'

/** What the faults of an experiment do, what takes them back, and what would prove both: each said once. */
export function faultWords({ faults }: Pick<PlannedExperiment, 'faults'>) {
  const said = (of: 'does' | 'undo' | 'proof'): string =>
    [...new Set(faults.map((fault) => fault[of]))].join('; ')
  return { does: said('does'), undo: said('undo'), proof: said('proof') }
}

/** `order-worker (pid 4711)`, `link gateway→catalogue` */
export function victimWords(victim: Victim): string {
  return 'pid' in victim ? `${victim.name} (pid ${victim.pid})` : `${victim.kind} ${victim.name}`
}
