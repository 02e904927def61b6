import { type ReadSample, scenarioOf } from './k6-sample.ts'
import type { Result } from './results.ts'

/** k6's code for a request that ran into its time-out. */
const REQUEST_TIMEOUT = '1050'

/** One request, of which k6 writes several samples, one right after the other. */
export class K6Request {
  readonly #duration: ReadSample
  #blockedMs: number | undefined
  #failed: boolean | undefined

  constructor(duration: ReadSample) {
    this.#duration = duration
  }

  get line(): number {
    return this.#duration.line
  }

  /** Whether k6 will still say if it failed, and nothing else does. */
  get lacksOutcome(): boolean {
    return this.#duration.sample.expectedResponse === ''
  }

  /** The wait for a connection; false when it is that of another request. */
  waited(blocked: ReadSample): boolean {
    if (this.#blockedMs !== undefined || !this.#isOf(blocked)) return false
    this.#blockedMs = blocked.value
    return true
  }

  failed(failed: ReadSample): void {
    if (this.#isOf(failed)) this.#failed = failed.value !== 0
  }

  /** Undefined: nothing tells good from bad. */
  get result(): Result | undefined {
    const { sample, atUs, value } = this.#duration
    const outcome = this.#outcome
    if (outcome === undefined) return undefined
    const blockedMs = this.#blockedMs ?? 0
    return {
      ...{ measure: 'request', scenario: scenarioOf(sample), name: sample.name, outcome, endUs: atUs },
      // k6 leaves that wait out of http_req_duration; a length below zero is told as it stands
      valueMs: blockedMs < 0 ? blockedMs : value + blockedMs,
    }
  }

  /** k6's own word for it, and without that word the status: it is 0 when there was no answer. */
  get #outcome(): 'ok' | 'bad' | 'timeout' | undefined {
    const { errorCode, expectedResponse, status } = this.#duration.sample
    if (errorCode === REQUEST_TIMEOUT) return 'timeout'
    if (expectedResponse !== '') return expectedResponse === 'true' ? 'ok' : 'bad'
    if (this.#failed !== undefined) return this.#failed ? 'bad' : 'ok'
    if (status !== '') return /^[23]\d\d$/.test(status) ? 'ok' : 'bad'
    return errorCode === '' ? undefined : 'bad'
  }

  #isOf({ sample, atUs }: ReadSample): boolean {
    const own = this.#duration
    return own.atUs === atUs && own.sample.name === sample.name && own.sample.scenario === sample.scenario
  }
}
