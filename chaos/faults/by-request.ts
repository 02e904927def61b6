import { GauntletError, isTaken, type RequestUndo, said } from '../../reports/run/index.ts'
import {
  askProbe,
  type PlannedProbe,
  type Probe,
  type ProbeAnswer,
  probeInWords,
  toPlannedProbe,
  whyProbeOutOfReach,
} from '../probes/index.ts'
import type { EffectProof, Fault, FaultScene, InjectedFault, PreparedFault, UndoProof } from './fault-kind.ts'
import { firstWithin } from './first-within.ts'
import { holdsWithin } from './holds-within.ts'

/** What one request does to the target and another takes back. */
export interface ByRequest {
  readonly inject: RequestUndo
  readonly undo: RequestUndo
  /** what holds while it is on, and neither before nor after: what the target says of itself proves nothing */
  readonly effect: PlannedProbe
  /** looks at what was so before the act, and throws where it must not be done */
  refuses?(before: ProbeAnswer): void
}

export interface OwnRequestFault {
  /** what is hit, such as `the till` */
  readonly victim: string
  /** what it does, such as `closes the till` */
  readonly does: string
  readonly inject: Omit<RequestUndo, 'does'>
  /** must be the way back however often it is sent, by whoever is left to send it */
  readonly undo: Omit<RequestUndo, 'does'>
  readonly effect: Probe
}

/** A whole fault that a request does and another takes back. */
export function faultByRequest({ victim, does, inject, undo, effect }: OwnRequestFault): Fault {
  const probe = toPlannedProbe(effect)
  const request: ByRequest = {
    inject: { ...inject, does },
    undo: { ...undo, does: `take back: ${does}` },
    effect: probe,
  }
  return {
    words: { radius: victim, does, undo: `${undo.method} ${undo.url}`, proof: effectInWords(probe) },
    whyNot: (target) =>
      whyTooSlow(probe) ?? whyProbeOutOfReach(probe, { target, sources: [], objectives: [] }),
    aim: () => [
      {
        victim: { kind: 'other', name: victim },
        prepare: (scene) => prepareByRequest({ ...request, refuses: refuseThere }, scene),
      },
    ],
  }
}

/** Nothing but its effect tells whether it is on: our way back would take off what somebody else put on. */
function refuseThere({ held, seen }: ProbeAnswer): void {
  if (!held) return
  throw new GauntletError(
    'EFFECT_IS_THERE',
    `the effect is there already, and gauntlet would take it off: ${seen}`,
    {
      hint: 'take it off first; what an earlier run left goes with: gauntlet chaos recover',
      exit: 'machinery',
    },
  )
}

export const effectInWords = (effect: PlannedProbe): string =>
  `${probeInWords(effect)} while it is on, and neither before nor after`

/** An effect is looked for at once, before the act and after it. */
export const whyTooSlow = ({ kind }: PlannedProbe) =>
  kind === 'promql' || kind === 'objective'
    ? {
        why: `a ${kind} probe as an effect: it knows only seconds later what is so`,
        hint: 'name the effect by a probe that asks the target itself, such as http or fact',
      }
    : undefined

const SENT_WITHIN_MS = 10_000

export async function prepareByRequest(
  { inject, undo, effect, refuses }: ByRequest,
  scene: FaultScene,
): Promise<PreparedFault> {
  const { control, context } = scene
  const ask = async (): Promise<ProbeAnswer> =>
    askProbe(effect, { target: await control.describe(), control, context })
  const before = await ask()
  refuses?.(before)
  return {
    undo,
    inject: async () => {
      const reply = await context.http.send({ ...inject, timeoutMs: SENT_WITHIN_MS })
      const refused = isTaken(reply) ? undefined : `it was refused: ${said(reply)}`
      return injected({ ask, undo, refused: refused ?? whyNoProof(before) }, scene)
    },
  }
}

/** Of what was so before, or could not be asked then, nobody can say that the fault did it. */
function whyNoProof({ held, seen, value }: ProbeAnswer): string | undefined {
  if (held) return `its effect was there before: ${seen}`
  return value === undefined ? `its effect could not be asked before: ${seen}` : undefined
}

interface Injected {
  ask(): Promise<ProbeAnswer>
  readonly undo: RequestUndo
  /** why nothing can be proven */
  readonly refused: string | undefined
}

function injected({ ask, undo, refused }: Injected, scene: FaultScene): InjectedFault {
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
    undo: async () => (await takeBack(undo)) ?? 'it was taken back',
    goneByOthers: () => goneWithin(0),
    proveGone: () => goneWithin(rollbackWithinMs),
  }
}
