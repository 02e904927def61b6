import type { Http, Measure, Plan, PlannedSource, RunContext } from '../../reports/run/index.ts'
import { askPrometheus, scrapedUntilUs } from '../../slo/sources/prometheus.ts'
import { measuresOf } from './measures.ts'
import { openedHttp } from './source-keys.ts'

/** Prometheus scrapes once a minute unless told otherwise; a target that is asked less often is not waited for. */
const SCRAPED_WITHIN_MS = 65_000
const LOOK_EVERY_MS = 250

export interface Span {
  readonly startUs: number
  readonly endUs: number
}

/** Writes down what each source answers to the queries of the plan's objectives over this time, which is past. */
export async function askSources(plan: Plan, span: Span, context: RunContext): Promise<void> {
  const { startUs: fromUs, endUs: toUs } = span
  for (const source of plan.sources ?? []) {
    const http = openedHttp(source, context.http)
    context.log.doing(`waiting until ${source.name} knows the end of the load`)
    await untilScraped(source, toUs, { ...context, http })
    for (const query of queriesTo(source, plan)) {
      context.log.doing(`asking ${source.name}: ${query}`)
      const answer = await askPrometheus({ source, query, fromUs, toUs }, http)
      await context.record.evidence('queries.ndjson', answer)
    }
  }
}

function queriesTo({ name }: PlannedSource, { objectives }: Plan): string[] {
  const isAsked = ({ measure, source }: Measure): boolean => measure === 'query' && source === name
  const asked = objectives.flatMap(measuresOf).filter(isAsked)
  return [...new Set(asked.flatMap((one) => one.name ?? []))]
}

type Waiting = Pick<RunContext, 'clock' | 'signal'> & { readonly http: Http }

/** A point is known only after the scrape that follows it. */
async function untilScraped(
  source: PlannedSource,
  toUs: number,
  { clock, signal, http }: Waiting,
): Promise<void> {
  const endUs = clock.nowUs() + SCRAPED_WITHIN_MS * 1000
  while (clock.nowUs() < endUs) {
    const untilUs = await scrapedUntilUs(source, http)
    if (untilUs === undefined || untilUs >= toUs) return
    await clock.wait(LOOK_EVERY_MS, signal)
  }
}
