import { isSkipped } from '../drivers/k6/stream/row.ts'
import { K6Hooks } from './k6-hooks.ts'
import { K6Request } from './k6-request.ts'
import { type K6Sample, type ReadSample, scenarioOf } from './k6-sample.ts'
import { isWholeSecond, timeUs } from './k6-time.ts'
import { numberOf } from './number.ts'
import type { ResultSink } from './results.ts'
import { shown } from './shown.ts'

const ITERATIONS =
  'an iteration that threw looks like any other in such a file, so none is counted; one that never started counts as requests'
const WHOLE_SECONDS =
  'its times are whole seconds, so a request may be counted in the second beside its own (timeFormat=unix_nano is exact)'
const HOOKS_UNKNOWN =
  'requests of setup and teardown count like those of the load: it has neither scenario nor group (--system-tags) to tell them apart'
const STRAY_WAIT =
  'is a wait for a connection (http_req_blocked) that does not follow its request: rows are not in the order in which k6 writes them'
const NO_OUTCOME =
  'is a request of which nothing tells whether it was good: k6 says so in expected_response, http_req_failed or status'

/** More in one row is no count of iterations. */
const MOST_DROPPED = 1e6

/** What k6's samples tell of requests, checks and a script's own metrics, whichever way they were written. */
export class K6Samples {
  readonly #sink: ResultSink
  readonly #hooks = new K6Hooks()
  /** the one whose samples are read now */
  #request: K6Request | undefined

  constructor(sink: ResultSink) {
    this.#sink = sink
    sink.note(ITERATIONS)
  }

  /** Metrics that tell nothing that is needed now. */
  skips(metric: string): boolean {
    if (metric === 'http_req_failed') return this.#request?.lacksOutcome !== true
    return isSkipped(metric) || metric === 'group_duration'
  }

  sample(sample: K6Sample, line: number): void {
    if (this.skips(sample.metric)) return
    const [atUs, value] = [timeUs(sample.time), numberOf(sample.value)]
    if (atUs === undefined) this.#sink.unreadable(`has the time "${shown(sample.time)}"`, line)
    else if (value === undefined) this.#sink.unreadable(`has the value "${shown(sample.value)}"`, line)
    else this.#read({ sample, atUs, value, line })
  }

  end(): void {
    this.#requested()
  }

  #read(read: ReadSample): void {
    const { sample, atUs, line } = read
    if (isWholeSecond(sample.time)) this.#sink.note(WHOLE_SECONDS)
    this.#sink.spoke(atUs)
    const isOfAHook = this.#hooks.has(sample)
    if (isOfAHook === 'unknown') this.#sink.note(HOOKS_UNKNOWN)
    if (isOfAHook === true) return
    switch (sample.metric) {
      case 'http_req_blocked':
        if (this.#request?.waited(read) !== true) this.#sink.unreadable(STRAY_WAIT, line)
        break
      case 'http_req_failed':
        this.#request?.failed(read)
        break
      default:
        this.#requested()
        this.#readOther(read)
    }
  }

  /** All samples of the request were read. */
  #requested(): void {
    const request = this.#request
    if (request === undefined) return
    this.#request = undefined
    const { result, line } = request
    if (result === undefined) this.#sink.unreadable(NO_OUTCOME, line)
    else this.#sink.result(result, line)
  }

  #readOther(read: ReadSample): void {
    const { sample, atUs, value, line } = read
    const { metric } = sample
    const scenario = scenarioOf(sample)
    switch (metric) {
      case 'http_req_duration':
        this.#request = new K6Request(read)
        break
      case 'vus':
        if (value > 0) this.#sink.atWork(atUs, line)
        break
      case 'iteration_duration':
        this.#sink.iterated(scenario, atUs)
        break
      case 'dropped_iterations':
        this.#dropped(read)
        break
      case 'checks':
        this.#sink.result(
          {
            ...{ measure: 'check', scenario, name: sample.check, endUs: atUs, valueMs: undefined },
            outcome: value === 0 ? 'bad' : 'ok',
          },
          line,
        )
        break
      default:
        this.#sink.result(
          { measure: 'metric', scenario, name: metric, outcome: 'ok', endUs: atUs, valueMs: value },
          line,
        )
    }
  }

  #dropped({ sample, atUs, value, line }: ReadSample): void {
    if (!Number.isInteger(value) || value < 0 || value > MOST_DROPPED)
      this.#sink.unreadable(`has ${value} dropped iterations`, line)
    else this.#sink.dropped({ scenario: scenarioOf(sample), atUs, iterations: value }, line)
  }
}
