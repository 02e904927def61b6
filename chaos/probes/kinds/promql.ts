import { Type } from 'typebox'
import { nearestHint, parseDuration } from '../../../reports/run/index.ts'
import { askSource } from '../../../slo/sources/ask-source.ts'
import { untilKnown } from '../../../slo/sources/until-known.ts'
import { PromqlProbe } from '../planned-probe.ts'
import { type OpenedSource, type ProbeKind, type ProbeScene, SomeTime } from '../probe-kind.ts'

const PromqlSettings = Type.Object(
  {
    source: Type.String({ minLength: 1, description: 'a data source of the project' }),
    query: Type.String({ minLength: 1, description: 'PromQL that gives one series' }),
    timeout: Type.Optional(SomeTime),
  },
  { additionalProperties: false, description: 'a query to a Prometheus' },
)

/** What a query says now. Several series, none and NaN are no answer: none of them is normal. */
export const promqlKind: ProbeKind<typeof PromqlSettings, PromqlProbe> = {
  kind: 'promql',
  settings: PromqlSettings,
  planned: PromqlProbe,
  fields: ['value'],
  mistakes: () => [],
  plan: ({ source, query, timeout = '5s' }, head) => ({
    ...head,
    kind: 'promql',
    source,
    query,
    timeoutMs: parseDuration(timeout) ?? 0,
  }),
  outOfReach: ({ source }, { sources }) => {
    const names = sources.map(({ name }) => name)
    return names.includes(source)
      ? sources.find(({ name }) => name === source)?.whyNot
      : { why: `there is no data source ${source}`, hint: nearestHint(source, names) }
  },
  subject: ({ source, query }) => `${source}: ${query}`,
  ask: async ({ source, query, timeoutMs }, scene) => {
    const opened = scene.sources?.find((one) => one.source.name === source)
    if (opened === undefined) return { silent: `there is no data source ${source}` }
    if (!(await isUpToDate(opened, scene)))
      return { silent: `${source} has read nothing new since the fault` }
    const nowUs = Math.floor(scene.context.clock.nowUs() / 1000) * 1000 // Prometheus counts in ms, and refuses an end before the start
    const asked = { source: opened.source, query, fromUs: nowUs, toUs: nowUs }
    const { points, error } = await askSource(asked, withinMs(opened, timeoutMs))
    if (error !== null) return { silent: error }
    const value = points.at(-1)?.[1] ?? null
    return value === null ? { silent: 'the query gave no number' } : { fields: { value } }
  },
}

/** Of a moment ago it knows only what it read before that. A run that is stopped waits for nothing. */
async function isUpToDate({ source, http }: OpenedSource, { sinceUs, context, signal }: ProbeScene) {
  if (sinceUs === undefined) return true
  const stopped = signal === undefined ? context.signal : AbortSignal.any([context.signal, signal])
  const waiting = { clock: context.clock, signal: stopped, http }
  return untilKnown(source, sinceUs, waiting).catch((error: unknown) => {
    if (stopped.aborted) return false
    throw error
  })
}

const withinMs = ({ http }: OpenedSource, timeoutMs: number): OpenedSource['http'] => ({
  send: (request) => http.send({ ...request, timeoutMs }),
})
