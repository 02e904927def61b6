import { BYTES_PER_VU, mostVus, type PlannedLoad } from '../../../reports/run/index.ts'
import { toPlannedLoad } from '../../../scenarios/model/index.ts'
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
  const load = (file.spec.load ?? []).map((entry) => {
    const scenario = scenarios.get(entry.scenario)!
    const { path, sha256 } = journeys.get(scenario.spec.journey)!
    const { addresses } = inputs.target
    return toPlannedLoad(scenario, { durationMs, journey: path, journeySha256: sha256, addresses })
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
