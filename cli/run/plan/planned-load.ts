import { BYTES_PER_VU, mostVus, nearestHint, type PlannedLoad } from '../../../reports/run/index.ts'
import { toPlannedLoad } from '../../../scenarios/model/index.ts'
import type { Journey } from '../../config/catalogue.ts'
import type { PlanFile } from '../../config/plan-file.ts'
import type { Complaints } from './complaints.ts'
import type { PlanInputs } from './plan-inputs.ts'

/** The scenarios of a plan over the target, for as long as its load is on. */
export function plannedLoad(
  file: PlanFile,
  durationMs: number,
  inputs: PlanInputs,
  complaints: Complaints,
): PlannedLoad[] {
  const { scenarios, journeys } = inputs.catalogue
  const { name: target, addresses } = inputs.target
  const load = (file.spec.load ?? []).map((entry) => {
    const scenario = scenarios.get(entry.scenario)!
    const journey = journeys.get(scenario.spec.journey)!
    const { path, sha256 } = journey
    const planned = toPlannedLoad(scenario, { durationMs, journey: path, journeySha256: sha256, addresses })
    checkAddresses(journey, { target, known: Object.keys(planned.environment) }, complaints)
    return planned
  })
  const bytes = load.reduce((sum, one) => sum + mostVus(one), 0) * BYTES_PER_VU
  if (bytes > inputs.machineMemoryBytes / 2)
    complaints.add(
      ['spec', 'load'],
      `its virtual users take ${Math.round(bytes / 2 ** 20)} MiB, more than half of this machine's memory`,
      'lower a rate or a time-out: users = rate × time-out',
    )
  if (load.length > 0 && durationMs === 0) complaints.add(['spec', 'phases'], 'no phase has the load on')
  return load
}

/** A journey that reads an address which is not there would load nothing, and each failure would count as the target's. */
function checkAddresses(
  { path, reads }: Journey,
  { target, known }: { readonly target: string; readonly known: readonly string[] },
  complaints: Complaints,
): void {
  for (const { variable, ...place } of reads)
    if (!known.includes(variable))
      complaints.addElsewhere({
        ...{ file: path, ...place, length: variable.length },
        message: `${target} has no address for ${variable}`,
        hint: nearestHint(variable, known),
      })
}
