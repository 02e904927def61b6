import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { counted, type HttpReply, type PlannedSource, said } from '../../../reports/run/index.ts'
import type { Points, SourceKind } from '../source-kind.ts'

/** prometheus.io/docs, "HTTP API": a number is a string, so that NaN and infinity can be told. */
const Point = Type.Tuple([Type.Number({ description: 'seconds since 1970' }), Type.String()])
const Success = Type.Literal('success')
const isMatrix = Compile(
  Type.Object({
    status: Success,
    data: Type.Object({
      resultType: Type.Literal('matrix'),
      result: Type.Array(Type.Object({ values: Type.Optional(Type.Array(Point)) })),
    }),
  }),
)
const isVector = Compile(
  Type.Object({
    status: Success,
    data: Type.Object({
      resultType: Type.Literal('vector'),
      result: Type.Array(Type.Object({ value: Point })),
    }),
  }),
)
const isRefusal = Compile(
  Type.Object({ status: Type.Literal('error'), errorType: Type.String(), error: Type.String() }),
)

/** A query over long times reads much; Prometheus itself gives up after two minutes. */
const WITHIN_MS = 30_000
/** Asked by its HTTP API; it never throws. */
export const prometheus: SourceKind = {
  type: 'Prometheus',
  points: async ({ source, query, fromUs, toUs, stepMs }, http) => {
    const [fromMs, toMs] = [Math.ceil(fromUs / 1000), Math.floor(toUs / 1000)]
    const asked = { query, start: seconds(fromMs), end: seconds(toMs), step: seconds(stepMs) }
    const url = urlOf(source, 'query_range', asked)
    return pointsIn(await http.send({ url, timeoutMs: WITHIN_MS }), query)
  },
  // The time of the oldest scrape of all its targets; undefined without targets, or without an answer.
  knownUntilUs: async (source, http) => {
    const url = urlOf(source, 'query', { query: 'min(timestamp(up))' })
    const { body } = answered(await http.send({ url, timeoutMs: WITHIN_MS }))
    const [, time] = (isVector.Check(body) && body.data.result[0]?.value) || []
    return time === undefined ? undefined : Number(time) * 1e6
  },
  whyNoAnswer: async (source, http) => {
    const reply = await http.send({ url: urlOf(source, 'query', { query: 'vector(1)' }), timeoutMs: 5_000 })
    return isVector.Check(answered(reply).body) ? undefined : refusalOf(reply)
  },
}

const seconds = (ms: number): string => String(ms / 1000)

const urlOf = ({ url }: PlannedSource, path: string, parameters: Record<string, string>): string =>
  `${url}/api/v1/${path}?${new URLSearchParams(parameters)}`

const answered = (reply: HttpReply): { readonly body: unknown } =>
  reply.status === null ? { body: null } : { body: reply.body }

/** Its points; or a sentence without its full stop. */
function pointsIn(reply: HttpReply, query: string): Points | string {
  const { body } = answered(reply)
  if (!isMatrix.Check(body)) return refusalOf(reply)
  const [first, ...others] = body.data.result
  if (others.length > 0)
    return `${query} gave ${counted(others.length + 1, 'series')}, and one is needed, such as sum(${query})`
  if (first === undefined) return []
  if (first.values === undefined) return `${query} gave histograms, and numbers are needed`
  return first.values.map(([atSeconds, value]) => [Math.round(atSeconds * 1e6), finite(Number(value))])
}

/** The server's own words, where it has any. */
function refusalOf(reply: HttpReply): string {
  const { body } = answered(reply)
  const words = isRefusal.Check(body) ? `${body.errorType}: ${body.error}` : said(reply)
  return words.replace(/\.$/, '')
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
