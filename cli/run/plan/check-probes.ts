import type { Target } from '../../../reports/run/index.ts'
import { RESOURCES } from '../../process/resources.ts'
import type { Complaints } from './complaints.ts'
import type { AskedObjective } from './objectives.ts'
import { probesOf, splitProbe } from './probe-names.ts'

export interface ProbePlaces {
  readonly target: Target
  readonly machineTellsResources: boolean
}

/** Refuses what could never be read of a process. */
export function checkProbes(
  asked: readonly AskedObjective[],
  { target, machineTellsResources }: ProbePlaces,
  complaints: Complaints,
): void {
  const metrics = new Map(Object.entries(RESOURCES))
  const processes = new Map(target.processes.map((one) => [one.name, one]))
  for (const { planned, at } of asked)
    for (const probe of probesOf([planned])) {
      const { process, metric } = splitProbe(probe)
      complaints.pick('probe value', metrics, metric, at)
      if (process === '')
        complaints.add(at, `the probe "${probe}" names no process`, `PROCESS/VALUE, such as orders/${metric}`)
      else complaints.pick(`process of ${target.name}`, processes, process, at)
      if (!machineTellsResources)
        complaints.add(
          at,
          `${planned.name} cannot be decided: this system does not tell the ${metric} of a process`,
          'run it on Linux, where /proc does',
        )
    }
}
