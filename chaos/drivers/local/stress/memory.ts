import { GauntletError } from '../../../../reports/run/index.ts'
import type { MemoryWanted } from './model.ts'
import type { Stressor } from './stressor.ts'
import type { StartWorker, StressWorker } from './thread/index.ts'

/** Of what is available before: with less the kernel would begin to end programs, and chooses which. */
export const LEAST_LEFT_RATIO = 0.2

/** Memory held by a thread of its own, so that its end gives it back to the system. */
export function memoryStressor(
  startWorker: StartWorker,
  availableBytes: () => number,
): Stressor<MemoryWanted> {
  let holder: StressWorker | undefined
  return {
    hold: async ({ bytes }, signal) => {
      refuseTooMuch(bytes, availableBytes())
      holder = startWorker({ kind: 'memory', bytes })
      await Promise.race([holder.ready, aborted(signal)])
    },
    letGo: async () => {
      const ending = holder
      holder = undefined
      await ending?.stop()
    },
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function refuseTooMuch(bytes: number, availableBytes: number): void {
  const mostBytes = Math.floor(availableBytes * (1 - LEAST_LEFT_RATIO))
  if (bytes <= mostBytes) return
  throw new GauntletError(
    'STRESS_MEMORY',
    `${bytes} bytes of memory would leave less than ${LEAST_LEFT_RATIO * 100} % of the ${availableBytes} that are available`,
    { hint: `ask for at most ${mostBytes}` },
  )
}
