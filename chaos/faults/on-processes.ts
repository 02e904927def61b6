import type { ProcessVictim } from '../../reports/run/index.ts'
import { type BlastRadius, radiusInWords, selectVictims, whyOutOfReach } from '../radius/blast-radius.ts'
import type { Fault, FaultScene, PreparedFault } from './fault-kind.ts'

interface ProcessFault {
  readonly does: string
  readonly undo: string
  readonly proof: string
  /** the process stays, and needs nobody to bring it back */
  readonly comesBack?: boolean
  prepare(victim: ProcessVictim, scene: FaultScene): Promise<PreparedFault>
}

/** A fault on processes: those that live when it is injected and carry the labels. */
export function onProcesses(radius: BlastRadius, fault: ProcessFault): Fault {
  const { does, undo, proof, prepare, comesBack } = fault
  const words = radiusInWords(radius)
  return {
    words: { radius: words, does: `${does} ${words}`, undo, proof },
    whyNot: (target) => whyOutOfReach(target, radius, { comesBack }),
    aim: (target, seed) =>
      selectVictims(target, radius, seed).map((victim) => ({
        victim,
        prepare: (scene) => prepare(victim, scene),
      })),
  }
}
