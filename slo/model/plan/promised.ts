import { bytes, duration, type Limit, list, type PlannedObjective } from '../../../reports/run/index.ts'

type Promised = Pick<
  PlannedObjective,
  | 'evidence'
  | 'total'
  | 'good'
  | 'bad'
  | 'targetRatio'
  | 'statistic'
  | 'limit'
  | 'unit'
  | 'slices'
  | 'members'
>

/** How the promise is said: `p95 < 300 ms`, `99.9 %`, `mean < 200 ms`, `99.9 % of minutes with ≥ 99 % good`. */
export function promisedWords(objective: Promised): string {
  const { evidence, statistic, limit, members, slices, targetRatio } = objective
  if (evidence === 'census') return '0 of all'
  if (members !== undefined)
    return `one budget for ${list(members.map((one) => shareWords({ ...one, evidence }, one.targetRatio)))}`
  if (limit !== undefined && statistic === 'mean') return `mean ${limitOf(limit, objective)}`
  if (limit !== undefined && statistic === 'trend') return `growth ${limitOf(limit, objective)}/h`
  if (slices === undefined) return shareWords(objective, targetRatio)
  if (slices.targetRatio === undefined)
    return `${goodWords(objective, targetRatio)} on average over ${slicesWord(slices.lengthMs)}`
  return `${percentWords(targetRatio)} of ${slicesWord(slices.lengthMs)} with ${goodWords(objective, slices.targetRatio)}`
}

type Shared = Pick<Promised, 'evidence' | 'total' | 'good' | 'unit'>

/** A share of events that keep a limit is a quantile of their values. */
function shareWords(objective: Shared, ratio: number): string {
  return quantileWords(objective, ratio) ?? percentWords(ratio)
}

function goodWords(objective: Shared, ratio: number): string {
  return quantileWords(objective, ratio) ?? `≥ ${percentWords(ratio)} good`
}

function quantileWords(objective: Shared, ratio: number): string | undefined {
  const { good } = objective
  const limit = good?.limit ?? (good?.withinMs === undefined ? undefined : timeLimit(good.withinMs))
  if (limit === undefined) return undefined
  const isUpper = limit.op === 'lte' || limit.op === 'lt'
  const percent = plain((isUpper ? ratio : 1 - ratio) * 100)
  const quantile = percent === '50' ? 'median' : `p${percent}`
  return `${quantile}${subject(objective)} ${limitOf(limit, objective)}`
}

const timeLimit = (value: number): Limit => ({ op: 'lte', value })
const percentWords = (ratio: number): string => `${plain(ratio * 100)} %`

/** Without the noise of binary fractions: 99.9, not 99.90000000000001. */
const plain = (value: number): string => String(Number(value.toPrecision(12)))

/** A time has no exact value, so of times `<` is said for both; others are said as they are compared. */
const SIGNS = { lte: '≤', lt: '<', gte: '≥', gt: '>' } as const
const TIME_SIGNS = { lte: '<', lt: '<', gte: '>', gt: '>' } as const

function limitOf({ op, value }: Limit, { unit }: Pick<Promised, 'unit'>): string {
  if (unit === undefined) return `${TIME_SIGNS[op]} ${limitWords(value)}`
  if (unit === 'B') return `${SIGNS[op]} ${signedBytes(value)}`
  return `${SIGNS[op]} ${plain(value)}${unit === '' ? '' : ` ${unit}`}`
}

const signedBytes = (value: number): string => (value < 0 ? `-${bytes(-value)}` : bytes(value))

/** Seconds up to any length: a promise reads `60 s` as it was written, not `1 min`. */
export const limitWords = (ms: number): string => (ms < 1000 ? `${plain(ms)} ms` : `${plain(ms / 1000)} s`)

const SLICES: Readonly<Record<number, string>> = { 60000: 'minutes', 3600000: 'hours', 86400000: 'days' }
const slicesWord = (lengthMs: number): string => SLICES[lengthMs] ?? `slices of ${duration(lengthMs)}`

/** The field's short words for Lighthouse's names. */
const METRIC_WORDS: Readonly<Record<string, string>> = {
  'cumulative-layout-shift': 'CLS',
  'first-contentful-paint': 'FCP',
  'interaction-to-next-paint': 'INP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
}

/** Of a page it is said which figure; of everything else the title says what it is. */
function subject({ total: { measure, name = '' } }: Pick<Promised, 'total'>): string {
  if (measure !== 'page') return ''
  const figure = name.slice(name.indexOf('/') + 1)
  return ` ${METRIC_WORDS[figure] ?? figure}`
}
