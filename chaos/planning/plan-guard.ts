import { type MachineGuard, type ProbeGuard, parseDuration } from '../../reports/run/index.ts'
import type { Refusal } from '../faults/index.ts'
import type { Guard } from '../model/guard.ts'
import { sizeBytes } from '../model/manifests/parts/size.ts'
import { probeInWords, type Surroundings, toPlannedProbe, whyProbeOutOfReach } from '../probes/index.ts'

export interface GuardPlace extends Surroundings {
  /** whether this system tells how long a program waits for a processor */
  readonly tellsProcessorWait: boolean
}

export interface PlannedOrRefusedGuard {
  /** left out by a guard on an objective: whoever plans the objectives plans it */
  readonly planned?: ProbeGuard | MachineGuard
  readonly refusals: readonly Refusal[]
}

/** A guard without mistakes, on a probe or on the machine, as a run needs it. */
export function planGuard({ probe, machine, for: length }: Guard, place: GuardPlace): PlannedOrRefusedGuard {
  const forMs = parseDuration(length ?? '') ?? 0
  if (probe !== undefined) {
    const asked = toPlannedProbe(probe)
    const outOfReach = whyProbeOutOfReach(asked, place)
    return {
      planned: { probe: { name: asked.name, probe: asked, expects: probeInWords(asked) }, forMs },
      refusals: outOfReach === undefined ? [] : [outOfReach],
    }
  }
  if (machine === undefined) return { refusals: [] }
  const { processorWaitAtMost } = machine
  const isUntold = processorWaitAtMost !== undefined && !place.tellsProcessorWait
  return { planned: { machine: limitsOf(machine), forMs }, refusals: isUntold ? [UNTOLD] : [] }
}

const UNTOLD: Refusal = {
  why: 'this system does not tell how long a program waits for a processor',
  hint: 'run it on Linux, where /proc does',
}

function limitsOf({
  memoryFreeAtLeast,
  diskFreeAtLeast,
  processorWaitAtMost,
}: NonNullable<Guard['machine']>) {
  const memory = sizeBytes(memoryFreeAtLeast ?? '')
  const disk = sizeBytes(diskFreeAtLeast ?? '')
  return {
    ...(memory === undefined ? {} : { memoryFreeAtLeastBytes: memory }),
    ...(disk === undefined ? {} : { diskFreeAtLeastBytes: disk }),
    ...(processorWaitAtMost === undefined ? {} : { processorWaitAtMostRatio: processorWaitAtMost }),
  }
}
