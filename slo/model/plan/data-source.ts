import { list, type PlannedSource } from '../../../reports/run/index.ts'
import { SOURCE_KINDS } from '../../sources/ask-source.ts'
import type { DataSource, MetricSource } from '../open-slo/index.ts'
import type { ResolvedSlo } from '../resolved.ts'
import type { Refusal } from './refusal.ts'

export interface Query {
  readonly query: string
  readonly from: PlannedSource
}

/** The query of a metric source, and where to ask it. */
export function readQuery(source: MetricSource, { dataSource }: ResolvedSlo): Query | Refusal {
  const ref = source.metricSourceRef
  const found = ref === undefined ? undefined : dataSource(ref)
  if (ref !== undefined && found === undefined)
    return { why: `its DataSource "${ref}" was not read`, hint: 'write it into a *.slo.yaml of the project' }
  const type = source.type ?? found?.spec.type ?? ''
  if (found !== undefined && found.spec.type !== type)
    return {
      why: `it says ${type}, and its DataSource "${ref}" is of type ${found.spec.type}`,
      hint: 'leave type out of the metric source',
    }
  if (SOURCE_KINDS.find(type) === undefined)
    return {
      why: `its numbers come from ${type}`,
      hint: `sources of type ${list(['gauntlet', ...SOURCE_KINDS.names()])} can be judged`,
    }
  const query = fieldsOf(source.spec).get('query')
  if (typeof query !== 'string' || query === '')
    return { why: `its ${type} source has no query`, hint: "spec: { query: 'sum(…)' }" }
  if (query.includes('{{'))
    return { why: 'its query is a template', hint: 'write out what stands between {{ and }}' }
  const from = readSource({ ref, type }, fieldsOf(found?.spec.connectionDetails ?? source.spec))
  return 'why' in from ? from : { query, from }
}

/** Where a DataSource is asked; or why it cannot be. */
export function toPlannedSource({ metadata, spec }: DataSource): PlannedSource | Refusal {
  const { type } = spec
  if (SOURCE_KINDS.find(type) !== undefined)
    return readSource({ ref: metadata.name, type }, fieldsOf(spec.connectionDetails))
  return {
    why: `it is of type ${type}`,
    hint: `a DataSource of type ${SOURCE_KINDS.names().join(' or ')} can be asked`,
  }
}

interface Named {
  readonly ref: string | undefined
  readonly type: string
}

function readSource({ ref, type }: Named, details: Fields): PlannedSource | Refusal {
  const url = readUrl(details.get('url'), type)
  if (typeof url !== 'string') return url
  const [tokenEnv, usernameEnv, passwordEnv] = VARIABLES.map((key) => details.get(key))
  for (const [n, name] of [tokenEnv, usernameEnv, passwordEnv].entries())
    if (name !== undefined && !isVariable(name))
      return {
        why: `${VARIABLES[n]} of its ${type} is not the name of an environment variable`,
        hint: `${VARIABLES[n]}: NAME; what it holds is read when the run asks`,
      }
  return {
    ...{ name: ref ?? url, type, url },
    ...(isVariable(tokenEnv) && { tokenEnv }),
    ...(isVariable(usernameEnv) && { usernameEnv }),
    ...(isVariable(passwordEnv) && { passwordEnv }),
  }
}

/** In connection details, or beside an inline query: which environment variables open it. */
const VARIABLES = ['tokenEnv', 'usernameEnv', 'passwordEnv'] as const
const isVariable = (name: unknown): name is string =>
  typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)

/** Its address alone goes into a plan: one that would carry a secret with it is refused, and never shown. */
function readUrl(given: unknown, type: string): string | Refusal {
  const hint = 'url: http://HOST:PORT, in the connectionDetails of a DataSource or beside the query'
  if (typeof given !== 'string') return { why: `nothing says where its ${type} is`, hint }
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { why: `the address of its ${type} is no URL`, hint }
  if (url.username + url.password + url.search + url.hash !== '')
    return {
      why: `the address of its ${type} holds more than an address`,
      hint: 'name environment variables instead: tokenEnv, or usernameEnv and passwordEnv',
    }
  return given.replace(/\/+$/, '')
}

type Fields = ReadonlyMap<string, unknown>

/** Connection details are a map, or a list of maps. */
function fieldsOf(value: unknown): Fields {
  const maps: unknown[] = Array.isArray(value) ? value : [value]
  return new Map(maps.flatMap((one) => (typeof one === 'object' && one !== null ? Object.entries(one) : [])))
}
