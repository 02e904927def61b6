import type { Iteration, Sample } from './iteration.ts'
import { metadataOf, type Row } from './row.ts'
import type { SeriesKeys } from './series.ts'

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
  request({ name, errorCode, expectedResponse, atUs, value }: Row, blockedMs: number): Sample {
    const feltMs = value + blockedMs
    const isOk = expectedResponse === 'true'
    const outcome = errorCode === REQUEST_TIMEOUT ? 'timeout' : isOk ? 'ok' : 'bad'
    const key = this.#keys.of('request', this.#scenario, name, outcome)
    return { key, startUs: atUs - feltMs * 1000, ownMs: value, feltMs, ack: undefined }
  }

  iteration({ startUs, threw, failedCheck }: Iteration, ownMs: number): Sample {
    const outcome = threw || failedCheck ? 'bad' : 'ok'
    const key = this.#keys.of('iteration', this.#scenario, this.#scenario, outcome)
    return { key, startUs, ownMs, feltMs: ownMs, ack: undefined }
  }

  check({ check, value, atUs }: Row): Sample {
    const key = this.#keys.of('check', this.#scenario, check, value === 0 ? 'bad' : 'ok')
    return { key, startUs: atUs, ownMs: Number.NaN, feltMs: Number.NaN, ack: undefined }
  }

  /** A metric of the journey's own. */
  metric(row: Row): Sample {
    const { metric, atUs, value } = row
    const key = this.#keys.of('metric', this.#scenario, metric, 'ok')
    const id = metadataOf(row, 'ack')
    const ack = id === undefined ? undefined : { fact: metric, id: decoded(id), atUs }
    return { key, startUs: atUs, ownMs: value, feltMs: value, ack }
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
