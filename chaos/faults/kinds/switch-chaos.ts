import { GauntletError, nearestHint, type Target } from '../../../reports/run/index.ts'
import type { FaultOf } from '../../model/manifests/index.ts'
import { type PlannedProbe, toPlannedProbe, whyProbeOutOfReach } from '../../probes/index.ts'
import { effectInWords, prepareByRequest, whyTooSlow } from '../by-request.ts'
import type { Fault, FaultKind, FaultScene, PreparedFault } from '../fault-kind.ts'

type Spec = FaultOf<'SwitchChaos'>['spec']

/**
 * SwitchChaos: a failure switch of the target. What a switch says of itself proves nothing, so the manifest names the
 * effect: a probe that holds while the switch is on, and neither before nor after. Undo: the switch is off.
 */
export const switchChaos: FaultKind = {
  kind: 'switch-chaos',
  read: ({ kind, spec }) =>
    kind === 'SwitchChaos' ? switchFault(spec, toPlannedProbe(spec.effect)) : undefined,
}

function switchFault(spec: Spec, effect: PlannedProbe): Fault {
  const name = spec.switch
  return {
    words: {
      radius: `the switch ${name}`,
      does: `turns the switch ${name} on`,
      undo: `the switch ${name} is off`,
      proof: effectInWords(effect),
    },
    whyNot: (target) =>
      whyNoSwitch(name, target) ??
      whyTooSlow(effect) ??
      whyProbeOutOfReach(effect, { target, sources: [], objectives: [] }),
    aim: () => [{ victim: { kind: 'switch', name }, prepare: (scene) => prepare(name, effect, scene) }],
  }
}

function whyNoSwitch(name: string, { name: target, control, switches }: Target) {
  if (control === undefined)
    return {
      why: `${target} offers no control, so its switches cannot be turned`,
      hint: 'describe target.control, as in reports/run/target.schema.json',
    }
  const known = switches.map((one) => one.name)
  return known.includes(name)
    ? undefined
    : { why: `${target} has no switch ${name}`, hint: nearestHint(name, known) }
}

async function prepare(name: string, effect: PlannedProbe, scene: FaultScene): Promise<PreparedFault> {
  const { control } = scene
  refuseTurnedOn(name, await control.describe())
  const [inject, undo] = [control.switchRequest(name, true), control.switchRequest(name, false)]
  return prepareByRequest({ inject, undo, effect }, scene)
}

/** Our way back would take off what somebody else wants. */
function refuseTurnedOn(name: string, { name: target, switches }: Target): void {
  if (switches.find((one) => one.name === name)?.on !== true) return
  throw new GauntletError(
    'SWITCH_IS_ON',
    `the switch ${name} of ${target} is on already, and gauntlet would turn it off`,
    {
      hint: 'turn it off first; what an earlier run left goes with: gauntlet chaos recover',
      exit: 'machinery',
    },
  )
}
