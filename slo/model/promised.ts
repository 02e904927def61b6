import { parseDuration } from '../../reports/run/index.ts'
import { evidenceOf, type Slo } from './slo.ts'

/** How the promise is said: `p95 < 300 ms`, `median LCP < 1.5 s`, `99.9 %`, `0 of all`. */
export function promisedWords(slo: Slo): string {
  if (evidenceOf(slo) === 'census') return '0 of all'
  const percent = plain((slo.spec.objectives[0]?.target ?? 0) * 100)
  const source = slo.spec.indicator.spec.ratioMetric.good?.metricSource.spec
  const withinMs = source?.within === undefined ? undefined : parseDuration(source.within)
  if (source === undefined || withinMs === undefined) return `${percent} %`
  const quantile = percent === '50' ? 'median' : `p${percent}`
  const metric = source.measure === 'page' ? ` ${metricWord(source.name)}` : ''
  return `${quantile}${metric} < ${limitWords(withinMs)}`
}

/** Seconds up to any length: a promise reads `60 s` as it was written, not `1 min`. */
export const limitWords = (ms: number): string => (ms < 1000 ? `${plain(ms)} ms` : `${plain(ms / 1000)} s`)

/** Without the noise of binary fractions: 99.9, not 99.90000000000001. */
const plain = (value: number): string => String(Number(value.toPrecision(12)))

/** The field's short words for Lighthouse's names. */
const METRIC_WORDS: Readonly<Record<string, string>> = {
  'first-contentful-paint': 'FCP',
  'interaction-to-next-paint': 'INP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
}

function metricWord(name = ''): string {
  const metric = name.slice(name.indexOf('/') + 1)
  return METRIC_WORDS[metric] ?? metric
}
