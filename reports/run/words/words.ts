import type { ObjectiveVerdict } from '../verdict.ts'

/**
 * How figures are worded for people, the same in the terminal, the page and the summaries (PAGES, "Words and
 * numbers"). No locale is asked: the same record gives the same words everywhere.
 */

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** Decimals that leave three significant figures of the value: 29.4 has one, 0.98 has three. */
function decimalsFor(value: number): number {
  if (value === 0) return 0
  // Of the rounded value: 0.9997 is 1.00, not 1.000.
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))))))
}

export function threeFigures(value: number): string {
  return grouped(value.toFixed(decimalsFor(value)))
}

function grouped(fixed: string): string {
  const [whole = '', fraction] = fixed.split('.')
  return count(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`)
}

/** A length of time: `840 ms`, `29.4 s`, `1 min 12 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Number(ms.toPrecision(3))} ms`
  if (ms < 59_950) return `${String(Math.round(ms / 100) / 10)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return parts([Math.floor(seconds / 60), 'min'], [seconds % 60, 's'])
  const minutes = Math.round(seconds / 60)
  return parts([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
}

function parts(...units: readonly (readonly [number, string])[]): string {
  return units
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** A whole second of the run on an axis or in a table: `1:12`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A time that was measured: always three figures, `6.70 ms`, `182 ms`, `14.6 s`. */
export function latency(ms: number): string {
  const { say, suffix } = timeScale(0, [ms])
  return `${say(ms)} ${suffix}`
}

/** A moment of the run: `1:12.4`, cut, not rounded, so that it never runs ahead of its second. */
export function moment(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100)
  return `${clock(tenths * 100)}.${tenths % 10}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `21 Nov 2026, 01:45 UTC` */
export function utcDate(atUs: number): string {
  const date = new Date(atUs / 1000)
  const time = date.toISOString().slice(11, 16)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${time} UTC`
}

/** `150/s` */
export function perSecond(value: number): string {
  return `${threeFigures(value).replace(/\.0+$/, '')}/s`
}

/** A share as percent: `0.41 %`, `11.2 %`; exactly none is `0 %`, and from ten times on it is `19.8 ×`. */
export function percent(ratio: number): string {
  if (ratio === 0) return '0 %'
  if (ratio === 1) return '100 %'
  if (ratio >= 10) return `${threeFigures(ratio)} ×`
  return `${Number((ratio * 100).toFixed(Math.min(4, decimalsFor(ratio * 100))))} %`
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

export function bytes(value: number): string {
  const step = value < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log2(value) / 10))
  return `${Number((value / 1024 ** step).toPrecision(3))} ${SIZES[step]}`
}

/** `a, b and c` */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** `1 audit`, `6 audits`: nouns are given in the plural, as plans have them. */
export function counted(value: number, plural: string): string {
  return `${count(value)} ${value === 1 ? plural.replace(/s$/, '') : plural}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What was measured for an objective, worded. `interval` is null when there is none to give. */
export interface Measured {
  readonly value: string
  readonly interval: string | null
}

type Figures = Pick<ObjectiveVerdict, 'unit' | 'limit' | 'value' | 'low' | 'high' | 'events'> & {
  readonly suffix?: string
}

/** `182 ms` and `176–189`; `99.986 %` and `99.949–99.998`; `0 of 2,475` and no interval. */
export function measured(figures: Figures): Measured {
  const { unit, value, low, high } = figures
  if (value === null) return { value: 'no data', interval: null }
  if (unit === 'count') return { value: `${count(value)} of ${count(figures.events)}`, interval: null }
  const known = [value, low, high].filter((figure) => figure !== null)
  const { say, suffix } = scaleOf(figures, known)
  const written = `${say(value)} ${suffix}`.trimEnd()
  if (value === low && high === null) return { value: `at least ${written}`, interval: null }
  return { value: written, interval: intervalOf(low, high, say) }
}

/** A bound that no evidence gives is left open: `over 176` when too few were slower, or some never came to an end. */
function intervalOf(low: number | null, high: number | null, say: Scale['say']): string | null {
  if (low === null) return high === null ? null : `up to ${say(high)}`
  return high === null ? `over ${say(low)}` : `${say(low)}–${say(high)}`
}

/** `182 ms (176–189)` */
export function measuredInOne(figures: Figures): string {
  const { value, interval } = measured(figures)
  return interval === null ? value : `${value} (${interval})`
}

interface Scale {
  readonly say: (figure: number) => string
  readonly suffix: string
}

function scaleOf({ unit, limit, suffix = '' }: Figures, known: readonly number[]): Scale {
  if (unit === 'ratio') return ratioScale(limit)
  if (unit === 'ms') return timeScale(limit, known)
  if (/^B(\/h)?$/.test(suffix)) return bytesScale(known, suffix)
  const decimals = decimalsFor(Math.max(...known.map(Math.abs)))
  return { say: (figure) => signed(grouped(Math.abs(figure).toFixed(decimals)), figure), suffix }
}

/** All figures in the unit that the largest of them needs. */
function bytesScale(figures: readonly number[], suffix: string): Scale {
  const most = Math.max(1, ...figures.map(Math.abs))
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log2(most) / 10))
  const decimals = decimalsFor(most / 1024 ** step)
  const say = (figure: number): string => signed((Math.abs(figure) / 1024 ** step).toFixed(decimals), figure)
  return { say, suffix: suffix.replace('B', SIZES[step] ?? 'B') }
}

const signed = (text: string, figure: number): string =>
  figure < 0 && !/^[0.]*$/.test(text) ? `−${text}` : text

/** Seconds where the promise or the largest figure is in seconds; all figures with the decimals of the largest. */
function timeScale(limitMs: number, figures: readonly number[]): Scale {
  const largestMs = Math.max(...figures.map(Math.abs))
  const [divisor, suffix] = Math.max(limitMs, largestMs) >= 999.5 ? [1000, 's'] : [1, 'ms']
  const decimals = decimalsFor(largestMs / divisor)
  return { say: (ms) => signed(grouped((Math.abs(ms) / divisor).toFixed(decimals)), ms), suffix }
}

/** As many decimals as the target has in percent, plus two; what is below 1 is never rounded up to 100. */
function ratioScale(target: number): Scale {
  const decimals = (String(Number((target * 100).toPrecision(12))).split('.')[1]?.length ?? 0) + 2
  const most = 100 - 10 ** -decimals
  return {
    say: (ratio) => (ratio === 1 ? '100' : Math.min(most, ratio * 100).toFixed(decimals)),
    suffix: '%',
  }
}

/** What would decide an inconclusive objective; null when nothing is known. */
export function wouldDecide({ needs, noun, phases, events }: ObjectiveVerdict): string | null {
  if (needs === null) return null
  const inPhases = phases.length === 0 ? '' : ` of ${list(phases)}`
  const length = needs.lengthMs === null ? counted(needs.events, noun) : duration(needs.lengthMs) + inPhases
  return `About ${length} would decide it (${counted(needs.events, noun)}; this run had ${count(events)}).`
}

// Control and format characters (terminal escapes, zero-width and direction marks), line and paragraph separators.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name from outside as one harmless line: control characters are written out, as in `\u001b`. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`)
}
