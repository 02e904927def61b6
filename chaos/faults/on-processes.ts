import type { ProcessVictim } from '../../reports/run/index.ts'
import { type BlastRadius, radiusInWords, selectVictims, whyOutOfReach } from '../radius/blast-radius.ts'
import type { Fault, FaultScene, PreparedFault } from './fault-kind.ts'
import { whyNotByPort } from './found-by-port.ts'

interface ProcessFault {
  readonly does: string
  readonly undo: string
  readonly proof: string
  /** the process stays: it need only be found, by its port where nobody can be asked, and not be brought back */
  readonly stays?: boolean
  prepare(victim: ProcessVictim, scene: FaultScene): Promise<PreparedFault>
}

/** A fault on processes: those that live when it is injected and carry the labels. */
export function onProcesses(radius: BlastRadius, fault: ProcessFault): Fault {
  const { does, undo, proof, prepare, stays = false } = fault
  const words = radiusInWords(radius)
  return {
    words: { radius: words, does: `${does} ${words}`, undo, proof },
    whyNot: (target, machine) =>
      stays && target.control === undefined
        ? whyNotByPort(target, radius, machine)
        : whyOutOfReach(target, radius),
    aim: (target, seed) =>
      selectVictims(target, radius, seed).map((victim) => ({
        victim,
        prepare: (scene) => prepare(victim, scene),
      })),
  }
}
