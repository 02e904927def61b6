import type { PlannedCheck, RunContext } from '../../reports/run/index.ts'
import { isPlannedProbe, type Reading, watchProbe } from '../probes/index.ts'
import type { ExperimentRun } from './experiment-run.ts'
import { waitUntil } from './wait-until.ts'

/** Asks at its time until it is known, and journals that; why the experiment is to be given up, or undefined. */
export async function runCheck(
  check: PlannedCheck,
  run: ExperimentRun,
  context: RunContext,
): Promise<string | undefined> {
  const { name, probe, atMs, forMs, everyMs, aborts } = check
  const { experiment, control, over, startUs } = run
  await waitUntil(startUs + atMs * 1000, over, context.clock)
  if (over.aborted || context.signal.aborted || !isPlannedProbe(probe)) return undefined
  const scene = { target: await control.describe(), control, context }
  const until = AbortSignal.any([over, context.signal])
  const known = await outcomeOf(watchProbe(probe, { everyMs, forMs, scene }, until), check)
  if (context.signal.aborted || known === undefined) return undefined
  const { held, seen } = known
  await context.record.journal({ kind: 'status-check', experiment: experiment.name, check: name, held, seen })
  context.log.fact(`status check ${name} ${held ? 'succeeded' : 'failed'}: ${seen}`)
  return held || !aborts ? undefined : `the status check ${name} failed: ${seen}`
}

interface Known {
  readonly held: boolean
  readonly seen: string
}

/** Undefined when nothing was asked. */
export async function outcomeOf(
  readings: AsyncIterable<Reading>,
  { mode, successes, failures }: Pick<PlannedCheck, 'mode' | 'successes' | 'failures'>,
): Promise<Known | undefined> {
  let last: Reading | undefined
  let inARow = 0
  for await (const reading of readings) {
    inARow = reading.held === last?.held ? inARow + 1 : 1
    last = reading
    const { held, seen } = reading
    const isKnown = held ? mode === 'synchronous' && inARow >= successes : inARow >= failures
    if (isKnown) return { held, seen: inARow === 1 ? seen : `${seen}, ${inARow} times in a row` }
  }
  if (last === undefined) return undefined
  const { seen } = last
  return mode === 'continuous'
    ? { held: true, seen: `never ${failures} failures in a row; at last ${seen}` }
    : { held: false, seen: `not known in its time; at last ${seen}` }
}
