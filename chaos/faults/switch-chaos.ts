import { GauntletError, isTaken, nearestHint, said, type Target } from '../../reports/run/index.ts'
import type { FaultOf } from '../model/manifests/index.ts'
import {
  askProbe,
  type PlannedProbe,
  type ProbeAnswer,
  probeInWords,
  toPlannedProbe,
  whyProbeOutOfReach,
} from '../probes/index.ts'
import type {
  EffectProof,
  Fault,
  FaultKind,
  FaultScene,
  InjectedFault,
  PreparedFault,
  UndoProof,
} from './fault-kind.ts'
import { firstWithin } from './first-within.ts'
import { holdsWithin } from './holds-within.ts'

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
      proof: `${probeInWords(effect)} while it is on, and neither before nor after`,
    },
    whyNot: (target) =>
      whyNoSwitch(name, target) ??
      whyTooSlow(effect) ??
      whyProbeOutOfReach(effect, { target, sources: [], objectives: [] }),
    aim: () => [{ victim: { kind: 'switch', name }, prepare: (scene) => prepare({ name, effect }, scene) }],
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

/** An effect is looked for at once, before the switch and after it. */
const whyTooSlow = ({ kind }: PlannedProbe) =>
  kind === 'promql' || kind === 'objective'
    ? {
        why: `a ${kind} probe as an effect: it knows only seconds later what is so`,
        hint: 'name the effect by a probe that asks the target itself, such as http or fact',
      }
    : undefined

interface Switched {
  readonly name: string
  readonly effect: PlannedProbe
}

async function prepare({ name, effect }: Switched, scene: FaultScene): Promise<PreparedFault> {
  const { control, context } = scene
  refuseTurnedOn(name, await control.describe())
  const undo = control.switchRequest(name, false)
  const ask = async (): Promise<ProbeAnswer> =>
    askProbe(effect, { target: await control.describe(), control, context })
  const before = await ask()
  return {
    undo,
    inject: async () => {
      const taken = await control.send(control.switchRequest(name, true))
      const refused = isTaken(taken) ? undefined : `the target did not turn ${name} on: ${said(taken)}`
      return switchedOn({ ask, undo, refused: refused ?? whyNoProof(before) }, scene)
    },
  }
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

/** Of what was so before, or could not be asked then, nobody can say that the switch did it. */
function whyNoProof({ held, seen, value }: ProbeAnswer): string | undefined {
  if (held) return `its effect was there before the switch was on: ${seen}`
  return value === undefined ? `its effect could not be asked before the switch was on: ${seen}` : undefined
}

interface SwitchedOn {
  ask(): Promise<ProbeAnswer>
  readonly undo: PreparedFault['undo']
  /** why nothing can be proven */
  readonly refused: string | undefined
}

function switchedOn({ ask, undo, refused }: SwitchedOn, scene: FaultScene): InjectedFault {
  const { context, takeBack, rollbackWithinMs } = scene
  let last: ProbeAnswer = { held: false, seen: 'nobody was asked' }
  const asked = async (): Promise<ProbeAnswer> => {
    last = await ask().catch((error: unknown) => ({ held: false, seen: String(error) }))
    return last
  }
  // a probe that gets no answer does not hold either, and says nothing
  const isGone = async (): Promise<boolean> => !(await asked()).held && last.value !== undefined
  const goneWithin = async (limitMs: number): Promise<UndoProof> => {
    const normal = await holdsWithin(limitMs, isGone, context.clock)
    return {
      normal,
      seen: `${normal ? 'its effect is gone' : 'its effect is not proven gone'}: ${last.seen}`,
    }
  }
  return {
    prove: async (over): Promise<EffectProof> => {
      if (refused !== undefined) return { proof: 'unproven', seen: refused }
      await firstWithin(async () => (await asked()).held || undefined, over, context.clock)
      return { proof: last.held ? 'confirmed' : 'mismatch', seen: last.seen }
    },
    undo: async () => (await takeBack(undo)) ?? 'the switch was turned off',
    goneByOthers: () => goneWithin(0),
    proveGone: () => goneWithin(rollbackWithinMs),
  }
}
