import type { PlannedObjective, PlannedSource, RunContext, RunRecord } from '../../../../reports/run/index.ts'
import { askSource, knownUntilUs } from '../../../../slo/sources/ask-source.ts'
import { untilKnown } from '../../../../slo/sources/until-known.ts'
import { measuresOf } from '../../plan/measures.ts'
import { openedHttp } from '../source-keys.ts'
import type { AskedStretch } from './load-so-far.ts'

type Context = Pick<RunContext, 'clock' | 'signal' | 'http'>

/**
 * A record whose second 0 is the begin of the stretch, with what the data source of an objective says of it; or why it
 * says nothing, in words. It is asked for no later than it has read; what comes after a moment is waited for.
 */
export async function sourceRecord(
  objective: PlannedObjective,
  asked: AskedStretch,
  record: RunRecord,
  context: Context,
): Promise<RunRecord | string> {
  const source = record.plan.sources?.find(({ name }) => name === objective.total.source)
  if (source === undefined) return `there is no data source ${objective.total.source}`
  const http = openedHttp(source, context.http)
  const toUs = await endOf(source, asked, { ...context, http })
  if (toUs === undefined) return `${source.name} did not come to know it`
  const span = { fromUs: toUs - asked.overMs * 1000, toUs }
  const names = new Set(measuresOf(objective).flatMap(({ name }) => name ?? []))
  const queries = await Promise.all([...names].map((query) => askSource({ source, query, ...span }, http)))
  const journal = [{ schema: 'gauntlet/journal/1', kind: 'second-zero', atUs: span.fromUs } as const]
  return { ...record, journal, queries }
}

/** In whole ms, as it counts them. Undefined when it did not come to know so much, or the run was stopped. */
async function endOf(
  source: PlannedSource,
  { overMs, sinceUs }: AskedStretch,
  { clock, signal, http }: Context,
): Promise<number | undefined> {
  const nowUs = Math.floor(clock.nowUs() / 1000) * 1000
  if (sinceUs === undefined) return Math.min(nowUs, (await knownUntilUs(source, http)) ?? nowUs)
  const toUs = Math.ceil(sinceUs / 1000) * 1000 + overMs * 1000
  const leftMs = Math.max(0, (toUs - clock.nowUs()) / 1000)
  const isKnown = await clock.wait(leftMs, signal).then(
    () => untilKnown(source, toUs, { clock, signal, http }),
    () => false,
  )
  return isKnown ? toUs : undefined
}
