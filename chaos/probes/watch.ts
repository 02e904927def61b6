import { askProbe, type ProbeAnswer } from './ask.ts'
import type { PlannedProbe } from './planned-probe.ts'
import type { ProbeScene } from './probe-kind.ts'

/** What a probe read at a moment. */
export interface Reading extends ProbeAnswer {
  /** when it was asked */
  readonly atUs: number
  readonly answeredAtUs: number
}

export interface WatchOptions {
  /** from question to question, when the answers come in time; at least 10 */
  readonly everyMs: number
  /** no question is begun later than this; left out: until the signal */
  readonly forMs?: number
  readonly scene: Omit<ProbeScene, 'signal'>
}

const SHORTEST_MS = 10

/**
 * Asks again and again, each question after the answer to the one before. A slow answer, or a slow reader, makes it miss
 * beats; they are not made up for. It ends with the signal, and a question that is under way then gives no reading.
 */
export async function* watchProbe(
  probe: PlannedProbe,
  { everyMs, forMs = Infinity, scene }: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<Reading, void, void> {
  const { clock } = scene.context
  const beatUs = Math.max(SHORTEST_MS, everyMs) * 1000
  const startUs = clock.nowUs()
  for (let dueUs = startUs; dueUs - startUs <= forMs * 1000; dueUs = nextBeat(dueUs, beatUs, clock.nowUs())) {
    if (!(await waited((dueUs - clock.nowUs()) / 1000, scene, signal))) return
    const atUs = clock.nowUs()
    const answer = await askProbe(probe, { ...scene, signal })
    if (signal.aborted) return
    yield { atUs, answeredAtUs: clock.nowUs(), ...answer }
  }
}

/** The first of so many readings in a row that held, or that did not; undefined when the readings end before. */
export async function firstInARow(
  readings: AsyncIterable<Reading>,
  { held, times }: { readonly held: boolean; readonly times: number },
): Promise<Reading | undefined> {
  let row: Reading[] = []
  for await (const reading of readings) {
    row = reading.held === held ? [...row, reading] : []
    if (row.length >= times) return row[0]
  }
  return undefined
}

function nextBeat(dueUs: number, beatUs: number, nowUs: number): number {
  return dueUs + Math.max(1, Math.ceil((nowUs - dueUs) / beatUs)) * beatUs
}

/** False when the signal came first. */
async function waited(
  ms: number,
  { context: { clock } }: Pick<ProbeScene, 'context'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (ms > 0) await clock.wait(ms, signal).catch(() => {})
  return !signal.aborted
}
