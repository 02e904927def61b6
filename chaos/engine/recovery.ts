import type { JournalFact, RunContext } from '../../reports/run/index.ts'
import { duration } from '../../reports/run/words/words.ts'
import { type FaultOn, headOf } from './method.ts'
import { letGo, provenGone } from './rollback.ts'

/** Those who wait see what is still wrong, and what is on is asked no more often than this. */
const LOOK_EVERY_MS = 500

interface Mended {
  readonly on: readonly FaultOn[]
  /** gets each as soon as it is seen to be gone: whatever comes after that, others took it back */
  readonly gone: Set<FaultOn>
}

/** Looks until others than us, people or the platform, took the faults back, or until it is over. Nothing is undone. */
export async function othersRecover(
  { on, gone }: Mended,
  over: AbortSignal,
  context: RunContext,
): Promise<void> {
  const { clock } = context
  const sinceUs = clock.nowUs()
  while (!over.aborted) {
    const still: string[] = []
    for (const one of on) if (!gone.has(one)) still.push(...(await stillOn(one, gone, context)))
    if (still.length === 0) return
    tellStill(still, sinceUs, context)
    await clock.wait(LOOK_EVERY_MS, over).catch(() => {})
  }
}

/** For people who mend it: what is still wrong, and since when. */
export function tellStill(still: readonly string[], sinceUs: number, { clock, log }: RunContext): void {
  const sinceS = Math.floor((clock.nowUs() - sinceUs) / 1_000_000)
  log.doing(`${sinceS === 0 ? '' : `${duration(sinceS * 1000)}, `}not yet: ${still.join('; ')}`)
}

async function stillOn(one: FaultOn, gone: Set<FaultOn>, context: RunContext): Promise<string[]> {
  const { normal, seen } = await one.fault
    .goneByOthers()
    .catch((error: unknown) => ({ normal: false, seen: String(error) }))
  if (!normal) return [seen]
  gone.add(one)
  const head = { ...headOf(one.injection), by: 'people' } as const
  await context.record.journal({ kind: 'fault-undone', ...head })
  await context.record.journal({ kind: 'fault-normal', ...head, seen })
  context.log.fact(`fault ${one.injection.experiment.name} gone, and not by gauntlet: ${seen}`)
  return []
}

/** What people need not know of, such as a proxy that nobody goes through any more; then nothing is held any more. */
export async function tidyUp({ injection, fault, held }: FaultOn, context: RunContext): Promise<boolean> {
  const note = (fact: JournalFact): Promise<void> => context.record.journal(fact).catch(() => {})
  const done = await fault.undo().catch((error: unknown) => `undo failed: ${String(error)}`)
  const { normal, seen } = await provenGone({ fault })
  if (normal) await letGo({ injection, held })
  else await note({ kind: 'undo-failed', ...headOf(injection), by: 'harness', seen: `${seen}; ${done}` })
  return normal
}
