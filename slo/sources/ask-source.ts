import {
  createFamily,
  GauntletError,
  type Http,
  messageOf,
  type PlannedSource,
  type QueryPoints,
} from '../../reports/run/index.ts'
import { prometheus } from './kinds/prometheus.ts'
import type { AskedQuery, Points, SourceKind } from './source-kind.ts'

/** The built-ins; a new kind is one file and one line here. */
export const SOURCE_KINDS = createFamily<SourceKind>('kinds of data source', ({ type }) => type, [prometheus])

/** Types a kind of data source for the editor, for `extend.sources` of a config. */
export function defineSource(kind: SourceKind): SourceKind {
  return kind
}

/** As many points as Prometheus answers with at most, 11,000 a series, and some to spare. */
const MOST_POINTS = 10_000
const SHORTEST_STEP_MS = 1000

/** Asks for the one series that a query gives; whatever goes wrong is an answer, in words. It never throws. */
export async function askSource(asked: AskedQuery, http: Http): Promise<QueryPoints> {
  const { source, query, fromUs, toUs } = asked
  const lengthMs = Math.floor(toUs / 1000) - Math.ceil(fromUs / 1000)
  const stepMs = Math.max(SHORTEST_STEP_MS, Math.ceil(lengthMs / MOST_POINTS))
  const head = { schema: 'gauntlet/query/1', source: source.name, query, stepMs } as const
  const answer = await pointsOf({ ...asked, stepMs }, http)
  return typeof answer === 'string'
    ? { ...head, points: [], error: answer }
    : { ...head, points: [...answer], error: null }
}

// A kind of a project's own may throw where ours does not.
async function pointsOf(
  asked: AskedQuery & { readonly stepMs: number },
  http: Http,
): Promise<Points | string> {
  try {
    return await kindOf(asked.source).points(asked, http)
  } catch (error) {
    return messageOf(error)
  }
}

/** Up to when a source knows everything, in microseconds since 1970; undefined when it does not say. */
export async function knownUntilUs(source: PlannedSource, http: Http): Promise<number | undefined> {
  return kindOf(source).knownUntilUs?.(source, http)
}

/** Why it does not answer a query, in words; undefined when it does. */
export async function whyNoAnswer(source: PlannedSource, http: Http): Promise<string | undefined> {
  return kindOf(source).whyNoAnswer(source, http)
}

function kindOf({ name, type }: PlannedSource): SourceKind {
  const kind = SOURCE_KINDS.find(type)
  if (kind !== undefined) return kind
  throw new GauntletError('UNKNOWN_SOURCE', `${name} is of type ${type}, which nobody can ask here`, {
    hint: `known: ${SOURCE_KINDS.names().join(', ')}; a project adds its own with extend.sources`,
    exit: 'machinery',
  })
}
