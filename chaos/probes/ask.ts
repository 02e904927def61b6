import { messageOf } from '../../reports/run/index.ts'
import type { PlannedProbe, Tolerance } from './planned-probe.ts'
import { kindOf } from './probe.ts'
import type { Answer, OutOfReach, ProbeScene, Surroundings } from './probe-kind.ts'
import { oneLine, shown } from './shown.ts'
import { judge } from './tolerance.ts'
import { toleranceInWords } from './tolerance-words.ts'

export interface ProbeAnswer {
  /** the answer is normal; false as well when there is none */
  readonly held: boolean
  /** one line of at most 300 characters, without secrets */
  readonly seen: string
  /** what was judged; left out when there was nothing */
  readonly value?: unknown
}

/** No line of a journal or a report is longer. */
const SEEN_MOST = 300

/** Asks once. What cannot be asked is an answer too, and no normal one. */
export async function askProbe(probe: PlannedProbe, scene: ProbeScene): Promise<ProbeAnswer> {
  const answer = await answerOf(probe, scene)
  const subject = oneLine(kindOf(probe).subject(probe), 100)
  if ('silent' in answer) return { held: false, seen: oneLine(`${subject}: ${answer.silent}`, SEEN_MOST) }
  const { of, tolerance } = judgementOf(probe)
  const value = answer.fields[of]
  const { held, why } = judge(tolerance, value)
  const notes = [answer.note, why].filter((note) => note !== undefined).map((note) => `, ${note}`)
  const expected = oneLine(toleranceInWords(tolerance), 70)
  const seen = `${subject}: ${of} ${shown(value, 70)} (${expected} expected)${notes.join('')}`
  return { held, seen: oneLine(seen, SEEN_MOST), ...(value === undefined ? {} : { value }) }
}

/** What is asked and which answers are normal, in words. */
export function probeInWords(probe: PlannedProbe): string {
  const { of, tolerance } = judgementOf(probe)
  const subject = oneLine(kindOf(probe).subject(probe), 200)
  return oneLine(`${subject}: ${of} ${toleranceInWords(tolerance)}`, SEEN_MOST)
}

/** Why a probe can never be asked here; undefined when it can. */
export function whyProbeOutOfReach(probe: PlannedProbe, surroundings: Surroundings): OutOfReach | undefined {
  return kindOf(probe).outOfReach(probe, surroundings)
}

async function answerOf(probe: PlannedProbe, scene: ProbeScene): Promise<Answer> {
  try {
    return await kindOf(probe).ask(probe, scene)
  } catch (error) {
    // a control that is silent says so by an error; what a project's own probe throws is no answer either
    return { silent: messageOf(error) }
  }
}

function judgementOf(probe: PlannedProbe): { readonly of: string; readonly tolerance: Tolerance } {
  const { fields, toleranceOf } = kindOf(probe)
  const { of = fields[0], tolerance = toleranceOf?.(probe) ?? null } = 'of' in probe ? probe : {}
  return { of, tolerance }
}
