import { metadataOf, type Row } from './row.ts'
import type { SeriesKey, SeriesKeys } from './series.ts'

/** Something that k6 measured within an iteration. */
export interface Sample {
  readonly key: SeriesKey
  /** when it really started */
  readonly startUs: number
  /** k6's own figure; undefined for a check */
  readonly ownMs: number | undefined
  /** the same, and what the user waited besides: for a connection */
  readonly feltMs: number | undefined
  /** an id that the target acknowledged with it */
  readonly ack?: { readonly fact: string; readonly id: string; readonly atUs: number }
}

/** The moment in which an iteration was due, and how much later it started. */
export interface Tick {
  readonly dueUs: number
  readonly latenessMs: number
}

/** One run of a journey by one VU. */
export interface Iteration {
  /** as k6 calls it */
  readonly scenario: string
  readonly startUs: number
  /** undefined until it is known */
  tick: Tick | undefined
  /** measured before its tick was known */
  readonly held: Sample[]
  /** names of the requests that it completed */
  readonly completed: string[]
  threw: boolean
  failedCheck: boolean
}

export function newIteration(scenario: string, startUs: number): Iteration {
  return { scenario, startUs, tick: undefined, held: [], completed: [], threw: false, failedCheck: false }
}

/** k6's code for a request that ran into its time-out. */
const REQUEST_TIMEOUT = '1050'

/** Makes samples of one scenario's rows. */
export class Samples {
  readonly #scenario: string
  readonly #keys: SeriesKeys

  /** the scenario's own name, which k6 may know by another */
  constructor(scenario: string, keys: SeriesKeys) {
    this.#scenario = scenario
    this.#keys = keys
  }

  /** k6 leaves the wait for a connection out of http_req_duration; whoever waits for an answer does not. */
  request(duration: Row, blockedMs: number): Sample {
    const { name, errorCode, expectedResponse, atUs, value: ownMs } = duration
    const feltMs = ownMs + blockedMs
    const isOk = expectedResponse === 'true'
    const outcome = errorCode === REQUEST_TIMEOUT ? 'timeout' : isOk ? 'ok' : 'bad'
    const key = this.#keys.of('request', this.#scenario, name, outcome)
    return { key, startUs: atUs - feltMs * 1000, ownMs, feltMs }
  }

  iteration({ startUs, threw, failedCheck }: Iteration, ownMs: number): Sample {
    const outcome = threw || failedCheck ? 'bad' : 'ok'
    const key = this.#keys.of('iteration', this.#scenario, this.#scenario, outcome)
    return { key, startUs, ownMs, feltMs: ownMs }
  }

  check({ check, value, atUs }: Row): Sample {
    const key = this.#keys.of('check', this.#scenario, check, value === 0 ? 'bad' : 'ok')
    return { key, startUs: atUs, ownMs: undefined, feltMs: undefined }
  }

  /** A metric of the journey's own. */
  metric(row: Row): Sample {
    const key = this.#keys.of('metric', this.#scenario, row.metric, 'ok')
    const sample = { key, startUs: row.atUs, ownMs: row.value, feltMs: row.value }
    const id = metadataOf(row, 'ack')
    return id === undefined
      ? sample
      : { ...sample, ack: { fact: row.metric, id: decoded(id), atUs: row.atUs } }
  }
}

/** Journeys encode ids, because metadata is not escaped; one that did not is taken as it is. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
