import type { LoadOutcome, LoadSeries } from '../../../reports/run/load.ts'
import { metadataOf, type Row } from './row.ts'

/** Something that k6 measured within an iteration. */
export interface Sample {
  readonly measure: LoadSeries['measure']
  readonly name: string
  readonly outcome: LoadOutcome
  /** when it really started */
  readonly startUs: number
  /** k6's own figure; undefined for a check */
  readonly ownMs: number | undefined
  /** the same, and what the user waited besides: for a connection */
  readonly feltMs: number | undefined
  /** an id that the target acknowledged with it */
  readonly ack?: { readonly id: string; readonly atUs: number }
}

/** The moment in which an iteration was due, and how much later it started. */
export interface Tick {
  readonly dueUs: number
  readonly latenessMs: number
}

/** One run of a journey by one VU. */
export interface Iteration {
  readonly scenario: string
  readonly startUs: number
  /** undefined until it is known */
  tick: Tick | undefined
  /** measured before its tick was known */
  readonly held: Sample[]
  /** names of the requests that it completed */
  readonly completed: Set<string>
  threw: boolean
  failedCheck: boolean
}

export function newIteration(scenario: string, startUs: number): Iteration {
  const seen = { held: [], completed: new Set<string>(), threw: false, failedCheck: false }
  return { scenario, startUs, tick: undefined, ...seen }
}

/** k6's code for a request that ran into its time-out. */
const REQUEST_TIMEOUT = '1050'

/** k6 leaves the wait for a connection out of http_req_duration; whoever waits for an answer does not. */
export function requestSample(duration: Row, blockedMs: number): Sample {
  const { name, errorCode, expectedResponse, atUs, value: ownMs } = duration
  const feltMs = ownMs + blockedMs
  const isOk = expectedResponse === 'true'
  const outcome = errorCode === REQUEST_TIMEOUT ? 'timeout' : isOk ? 'ok' : 'bad'
  return { measure: 'request', name, outcome, startUs: atUs - feltMs * 1000, ownMs, feltMs }
}

export function iterationSample({ scenario, startUs, threw, failedCheck }: Iteration, ownMs: number): Sample {
  const outcome = threw || failedCheck ? 'bad' : 'ok'
  return { measure: 'iteration', name: scenario, outcome, startUs, ownMs, feltMs: ownMs }
}

export function checkSample({ check, value, atUs }: Row): Sample {
  const outcome = value === 0 ? 'bad' : 'ok'
  return { measure: 'check', name: check, outcome, startUs: atUs, ownMs: undefined, feltMs: undefined }
}

/** A metric of the journey's own. A sketch holds no values below zero; such a sample is only counted. */
export function metricSample(row: Row): Sample {
  const ownMs = row.value >= 0 ? row.value : undefined
  const id = metadataOf(row, 'ack')
  return {
    ...{ measure: 'metric', name: row.metric, outcome: 'ok', startUs: row.atUs, ownMs, feltMs: ownMs },
    ...(id === undefined ? {} : { ack: { id: decoded(id), atUs: row.atUs } }),
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
