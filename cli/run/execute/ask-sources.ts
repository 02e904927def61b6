import type { Measure, Plan, PlannedSource, RunContext } from '../../../reports/run/index.ts'
import { askSource } from '../../../slo/sources/ask-source.ts'
import { untilKnown } from '../../../slo/sources/until-known.ts'
import { measuresOf } from '../plan/measures.ts'
import { openedHttp } from './source-keys.ts'

export interface Span {
  readonly startUs: number
  readonly endUs: number
}

/** Writes down what each source answers to the queries of the plan's objectives over this time, which is past. */
export async function askSources(plan: Plan, span: Span, context: RunContext): Promise<void> {
  const { startUs: fromUs, endUs: toUs } = span
  for (const source of plan.sources ?? []) {
    const queries = queriesTo(source, plan)
    if (queries.length === 0) continue // only probes ask it
    const http = openedHttp(source, context.http)
    context.log.doing(`waiting until ${source.name} knows the end of the load`)
    await untilKnown(source, toUs, { ...context, http })
    for (const query of queries) {
      context.log.doing(`asking ${source.name}: ${query}`)
      const answer = await askSource({ source, query, fromUs, toUs }, http)
      await context.record.evidence('queries.ndjson', answer)
    }
  }
}

function queriesTo({ name }: PlannedSource, { objectives }: Plan): string[] {
  const isAsked = ({ measure, source }: Measure): boolean => measure === 'query' && source === name
  const asked = objectives.flatMap(measuresOf).filter(isAsked)
  return [...new Set(asked.flatMap((one) => one.name ?? []))]
}
