import { GauntletError, type PlannedFault, type Target } from '../../reports/run/index.ts'
import { type AimedFault, type Fault, faultOf, type Surroundings } from '../faults/index.ts'
import { parseManifestValue } from '../model/manifests/index.ts'

/** The fault that stands in a plan. Its manifest was read when the plan was made, so that it can be read again. */
export function plannedFault({ kind, manifest }: PlannedFault): Fault {
  const { value } = parseManifestValue(manifest, 'plan.json')
  const found =
    value === undefined || value.kind === 'Schedule' || value.kind === 'Workflow' ? undefined : faultOf(value)
  if (found?.kind === kind) return found.fault
  throw new GauntletError('UNKNOWN_FAULT', `no fault of the kind ${kind} is in the manifest of this plan`, {
    hint: 'the plan was made by another gauntlet: make it again with this one',
    exit: 'machinery',
  })
}

/** What a planned fault hits, as things are now. */
export async function aimedNow(
  planned: PlannedFault,
  target: Target,
  around: Surroundings,
): Promise<readonly AimedFault[]> {
  const fault = plannedFault(planned)
  return fault.aimNow === undefined
    ? fault.aim(target, planned.seed)
    : await fault.aimNow(planned.seed, around)
}
