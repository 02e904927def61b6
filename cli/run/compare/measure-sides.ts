import { type ComparedBlock, GauntletError, type RunContext, type Sides } from '../../../reports/run/index.ts'
import { type BlockedLoad, type LoadEnd, startBlockedLoad } from './blocked-load.ts'
import { type Measuring, type WatchedLoad, watchLoad } from './watch-load.ts'

export interface Measured {
  readonly sides: Sides
  readonly blocks: readonly ComparedBlock[]
}

/** Loads both sides in turn and reads what each block cost. Stopped, it gives what the stream had until then. */
export async function measureSides(measuring: Measuring, context: RunContext): Promise<Measured> {
  const { draft, opened } = measuring
  const { k6, schedule, plan } = draft
  const loads = draft.loadsFor({ base: opened.base.target, head: opened.head.target })
  context.log.doing('waiting for the first request')
  const load = await startBlockedLoad({ k6, loads, schedule, thresholdsMs: plan.thresholdsMs }, context)
  const stop = (): void => void load.stop('stopped')
  context.signal.addEventListener('abort', stop, { once: true })
  try {
    context.signal.throwIfAborted()
    const cpu = await watchLoad(load, measuring, context)
    const end = await load.done
    if (end.outcome.kind === 'failed') throw failed(end.outcome)
    const changes = [...(await opened.base.changes()), ...(await opened.head.changes())]
    return measured(measuring, { run: context.runId, load, end, cpu, changes })
  } finally {
    context.signal.removeEventListener('abort', stop)
    await load.stop('over')
    await load.done
  }
}

function failed({ reason, hint }: { readonly reason: string; readonly hint?: string }): GauntletError {
  return new GauntletError('LOAD_FAILED', reason, {
    exit: 'machinery',
    ...(hint === undefined ? {} : { hint }),
  })
}

interface Ended {
  readonly run: string
  readonly load: BlockedLoad
  readonly end: LoadEnd
  readonly cpu: WatchedLoad | undefined
  readonly changes: readonly string[]
}

function measured({ draft, opened }: Measuring, { run, load, end, cpu, changes }: Ended): Measured {
  const { fold, csv, gaps } = load.stream
  const isWhole = end.outcome.kind === 'completed'
  const blocks = fold.finish({ leaveOut: !isWhole }).map((block): ComparedBlock => {
    const tellsPids = opened[block.side].processes.length > 0
    const cpuSeconds = tellsPids ? (cpu?.seconds[block.index] ?? null) : null
    return { schema: 'gauntlet/block/1', ...block, cpuSeconds }
  })
  const { schedule, leftOut } = draft
  const sides: Sides = {
    schema: 'gauntlet/sides/1',
    run,
    base: opened.base.compared,
    head: opened.head.compared,
    schedule,
    outcome: isWhole ? 'completed' : 'interrupted',
    leftOut: [...leftOut, ...opened.base.leftOut, ...opened.head.leftOut],
    instrument: {
      rows: csv.rows,
      unreadableRows: csv.unreadableRows,
      gaps: gaps.found,
      misplaced: fold.misplaced,
      startLatenessP99Ms: p99(fold.lateness()),
      waitRatio: cpu?.waitRatio ?? null,
      iterations: fold.counts(),
      clockStepMs: cpu?.clockStepMs ?? 0,
      firstException: end.firstException,
      changes: [...changes],
    },
  }
  return { sides, blocks }
}

/** Null when there is none. */
function p99(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1] ?? null
}
