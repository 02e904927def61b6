import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'
import { SCENARIOS, type ScenarioShape } from './scenarios.ts'

const HEADER =
  'metric_name,timestamp,metric_value,check,error_code,expected_response,group,method,name,scenario,status,extra_tags,metadata\n'
const START_US = 1_795_232_000_000_000
/** k6 hands over what it measured this often (saveInterval) */
const FLUSH_MS = 200
const MEDIAN_MS = 20
const SIGMA = 0.6

export interface RowsOptions {
  readonly iterationsPerSecond: number
  /** at least so many */
  readonly rows: number
  readonly seed: number
}

/** Rows of k6's CSV that it hands over together. */
interface Container {
  readonly atMs: number
  readonly text: string
  readonly rows: number
}

/**
 * k6's CSV of an arrival rate as it comes: every metric of each request and iteration with our system tags and the VU,
 * in k6's order, flush by flush. Made on the way: only what is in flight is held.
 */
export function* k6Rows({ iterationsPerSecond, rows, seed }: RowsOptions): Generator<string> {
  const maker = new IterationMaker(seed)
  let inFlight: Container[] = []
  let [iteration, written] = [0, 0]
  yield HEADER
  for (let untilMs = FLUSH_MS; written < rows; untilMs += FLUSH_MS) {
    for (; iteration * 1000 < untilMs * iterationsPerSecond; iteration += 1)
      inFlight.push(...maker.make(iteration, (iteration * 1000) / iterationsPerSecond))
    if (untilMs % 1000 === 0) inFlight.push(everySecond(untilMs - 1))
    inFlight.sort((a, b) => a.atMs - b.atMs)
    const flushed = inFlight.filter(({ atMs }) => atMs < untilMs)
    inFlight = inFlight.slice(flushed.length)
    written += flushed.reduce((sum, container) => sum + container.rows, 0)
    yield flushed.map(({ text }) => text).join('')
  }
}

class IterationMaker {
  readonly #random: () => number
  /** when each VU is free again */
  readonly #freeAtMs: number[] = []

  constructor(seed: number) {
    this.#random = mulberry32(seed)
  }

  make(iteration: number, dueMs: number): Container[] {
    const scenario = SCENARIOS[iteration % SCENARIOS.length]!
    const startMs = dueMs + 0.2 * this.#random()
    const requestsMs = scenario.requests.map(() => this.#latencyMs())
    const endMs = startMs + requestsMs.reduce((sum, ms) => sum + ms + 0.1, 0.2)
    const vu = `vu=${this.#takeVu(startMs, endMs)}`
    let atMs = startMs
    const requests = scenario.requests.map((request, n) => {
      atMs += requestsMs[n]! + 0.1
      return requestRows(request, scenario.name, { atMs, tookMs: requestsMs[n]!, vu })
    })
    return [
      say([['gauntlet_started', 1]], startMs, `,,,,,,,${scenario.name},,,${vu}`),
      ...requests,
      ...assertions(scenario, iteration, atMs + 0.05, vu),
      iterationRows(scenario, { startMs, endMs, vu }),
    ]
  }

  #latencyMs(): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random())
    return MEDIAN_MS * Math.exp(SIGMA * normal)
  }

  #takeVu(startMs: number, endMs: number): number {
    const free = this.#freeAtMs.findIndex((atMs) => atMs <= startMs)
    const vu = free === -1 ? this.#freeAtMs.length : free
    this.#freeAtMs[vu] = endMs
    return vu + 1
  }
}

interface Moment {
  readonly atMs: number
  readonly tookMs: number
  readonly vu: string
}

function requestRows(
  { method, name, status }: ScenarioShape['requests'][number],
  scenario: string,
  { atMs, tookMs, vu }: Moment,
): Container {
  const values: [string, number][] = [
    ['http_reqs', 1],
    ['http_req_duration', tookMs],
    ['http_req_blocked', 0.004 * tookMs],
    ['http_req_connecting', 0],
    ['http_req_tls_handshaking', 0],
    ['http_req_sending', 0.01 * tookMs],
    ['http_req_waiting', 0.97 * tookMs],
    ['http_req_receiving', 0.02 * tookMs],
    ['http_req_failed', 0],
  ]
  return say(values, atMs, `,,,true,,${method},${name},${scenario},${status},,${vu}`)
}

function assertions(
  { name, check, counter }: ScenarioShape,
  iteration: number,
  atMs: number,
  vu: string,
): Container[] {
  const checked = say([['checks', 1]], atMs, `,${check},,,,,,${name},,,${vu}`)
  if (counter === undefined) return [checked]
  return [checked, say([[counter, 1]], atMs, `,,,,,,,${name},,,ack=ord-${iteration}&${vu}`)]
}

function iterationRows(
  { name }: ScenarioShape,
  { startMs, endMs, vu }: { startMs: number; endMs: number; vu: string },
) {
  const values: [string, number][] = [
    ['data_sent', 185],
    ['data_received', 2670],
    ['iteration_duration', endMs - startMs],
    ['iterations', 1],
  ]
  return say(values, endMs, `,,,,,,,${name},,,${vu}`)
}

const everySecond = (atMs: number): Container =>
  say(
    [
      ['vus', 40],
      ['vus_max', 200],
    ],
    atMs,
    ',,,,,,,,,,',
  )

/** A row for each metric, all of one moment and with the same tags. */
function say(
  values: readonly (readonly [metric: string, value: number])[],
  atMs: number,
  tags: string,
): Container {
  const at = `${START_US + Math.floor(atMs * 1000)}417`
  const text = values.map(([metric, value]) => `${metric},${at},${value.toFixed(6)}${tags}\n`).join('')
  return { atMs, text, rows: values.length }
}
