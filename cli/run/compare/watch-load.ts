import { availableParallelism } from 'node:os'
import { type Clock, GauntletError, type RunContext, type SideName } from '../../../reports/run/index.ts'
import type { BlockedLoad } from './blocked-load.ts'
import { type CpuBlocks, readCpuBlocks } from './cpu-blocks.ts'
import type { ComparisonDraft } from './draft-comparison.ts'
import type { OpenSide } from './open-sides.ts'

/** Far longer than k6 takes to make its virtual users, even on a busy machine. */
const FIRST_TICK_WITHIN_MS = 60_000

/** What is measured, once it is ready. */
export interface Measuring {
  readonly draft: ComparisonDraft
  readonly opened: Readonly<Record<SideName, OpenSide>>
}

export interface WatchedLoad extends CpuBlocks {
  /** of the time of all processors, the load generator waiting for one; null: nobody could tell */
  readonly waitRatio: number | null
}

/** The CPU time of all blocks; undefined when the load was broken off, or nothing was ever sent. */
export async function watchLoad(
  load: BlockedLoad,
  { draft, opened }: Measuring,
  context: RunContext,
): Promise<WatchedLoad | undefined> {
  const { clock, log, record } = context
  const brokenOff = new AbortController()
  const signal = AbortSignal.any([context.signal, brokenOff.signal])
  // of a load that came to its end the last reading may still be due
  const ended = load.done.then(({ outcome }) => outcome.kind === 'completed' || brokenOff.abort())
  try {
    const zeroUs = await firstTick(load, ended, { clock, signal })
    if (zeroUs === undefined) return undefined
    await record.journal({ kind: 'second-zero' }, zeroUs)
    const { schedule } = draft
    const waited = watchWait(load, clock)
    let waitRatio: number | null = null
    const onBlock = ({ pair }: { readonly pair: number | null }): void => {
      log.doing(pair === null ? 'both sides warm up' : `pair ${pair + 1} of ${schedule.pairs}`)
      waitRatio = waited()
    }
    const processes = { base: opened.base.processes, head: opened.head.processes }
    const blocks = await readCpuBlocks({ schedule, zeroUs, processes, onBlock }, { clock, signal })
    return { ...blocks, waitRatio }
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  } finally {
    brokenOff.abort()
  }
}

/** How much of the time of all processors the generator waited for one until now. A thread that ended takes its part along. */
function watchWait({ schedulerDelayMs }: BlockedLoad, clock: Clock): () => number | null {
  const [fromUs, fromMs] = [clock.nowUs(), schedulerDelayMs()]
  return () => {
    const [toUs, toMs] = [clock.nowUs(), schedulerDelayMs()]
    const allMs = ((toUs - fromUs) / 1000) * availableParallelism()
    return fromMs === null || toMs === null ? null : Math.max(0, toMs - fromMs) / allMs
  }
}

async function firstTick(
  { stream }: BlockedLoad,
  ended: Promise<unknown>,
  { clock, signal }: Pick<RunContext, 'clock' | 'signal'>,
): Promise<number | undefined> {
  const tooLong = clock.wait(FIRST_TICK_WITHIN_MS, signal).then(() => {
    throw new GauntletError('NO_REQUEST', `k6 sent nothing for ${FIRST_TICK_WITHIN_MS / 1000} s`, {
      exit: 'machinery',
    })
  })
  tooLong.catch(() => {}) // it is given up with the signal once nobody waits for it
  return Promise.race([stream.zeroUs, tooLong, ended.then(() => undefined)])
}
