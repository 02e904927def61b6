import { isSkipped } from '../drivers/k6/row.ts'
import { isWholeSecond, timeUs } from './k6-time.ts'
import { numberOf } from './number.ts'
import type { ResultSink } from './results.ts'
import { shown } from './shown.ts'

/** One sample of k6, from its CSV or its JSON: all as text; empty where k6 left a tag out. */
export interface K6Sample {
  readonly metric: string
  readonly time: string
  readonly value: string
  readonly scenario: string
  readonly group: string
  readonly name: string
  readonly check: string
  readonly status: string
  readonly errorCode: string
  readonly expectedResponse: string
}

const ITERATIONS =
  'an iteration that threw looks like any other in such a file, so none is counted; one that never started counts as requests'
const WHOLE_SECONDS =
  'its times are whole seconds, so a request may be counted in the second beside its own (timeFormat=unix_nano is exact)'

/** k6's name for the scenario of a script without any; samples without that tag are taken to be of it. */
const DEFAULT_SCENARIO = 'default'
/** k6's code for a request that ran into its time-out. */
const REQUEST_TIMEOUT = '1050'
/** More in one row is no count of iterations. */
const MOST_DROPPED = 1e6

/** A sample whose time and value are such. */
interface Read {
  readonly sample: K6Sample
  readonly atUs: number
  readonly value: number
  readonly line: number
}

/** What k6's samples tell of requests, checks and a script's own metrics, whichever way they were written. */
export class K6Samples {
  readonly #sink: ResultSink
  /** a request whose row of the wait for a connection comes next */
  #waiting: Read | undefined

  constructor(sink: ResultSink) {
    this.#sink = sink
    sink.note(ITERATIONS)
  }

  sample(sample: K6Sample, line: number): void {
    const { metric } = sample
    if (isSkipped(metric) || metric === 'group_duration') return
    const [atUs, value] = [timeUs(sample.time), numberOf(sample.value)]
    if (atUs === undefined) this.#sink.unreadable(`has the time "${shown(sample.time)}"`, line)
    else if (value === undefined) this.#sink.unreadable(`has the value "${shown(sample.value)}"`, line)
    else this.#read({ sample, atUs, value, line })
  }

  end(): void {
    this.#requested(0)
  }

  #read({ sample, atUs, value, line }: Read): void {
    const { metric, name } = sample
    const scenario = scenarioOf(sample)
    if (isWholeSecond(sample.time)) this.#sink.note(WHOLE_SECONDS)
    this.#sink.spoke(atUs)
    if (!isOfTheLoad(sample)) return
    switch (metric) {
      case 'http_req_duration':
        this.#requested(0)
        this.#waiting = { sample, atUs, value, line }
        break
      case 'http_req_blocked':
        if (this.#waiting?.atUs === atUs && this.#waiting.sample.name === name) this.#requested(value)
        break
      case 'iteration_duration':
        this.#requested(0)
        this.#sink.iterated(scenario)
        break
      case 'dropped_iterations':
        this.#dropped({ sample, atUs, value, line })
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

  /** k6 leaves the wait for a connection out of http_req_duration; whoever waits for an answer does not. */
  #requested(blockedMs: number): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    const { sample, atUs, value, line } = waiting
    this.#sink.result(
      {
        ...{ measure: 'request', scenario: scenarioOf(sample), name: sample.name, endUs: atUs },
        outcome: outcomeOf(sample),
        // a length below zero is told as it stands
        valueMs: blockedMs < 0 ? blockedMs : value + blockedMs,
      },
      line,
    )
  }

  #dropped({ sample, atUs, value, line }: Read): void {
    if (!Number.isInteger(value) || value < 0 || value > MOST_DROPPED)
      this.#sink.unreadable(`has ${value} dropped iterations`, line)
    else this.#sink.dropped({ scenario: scenarioOf(sample), atUs, iterations: value }, line)
  }
}

const scenarioOf = ({ scenario }: K6Sample): string => scenario || DEFAULT_SCENARIO

/** setup and teardown belong to no scenario; k6 speaks of its users every second besides. */
function isOfTheLoad({ metric, group }: K6Sample): boolean {
  return metric !== 'vus' && !/^::(setup|teardown)(::|$)/.test(group)
}

/** k6's own word for it; without that word the status, and without both it was not seen to be good. */
function outcomeOf({ errorCode, expectedResponse, status }: K6Sample): 'ok' | 'bad' | 'timeout' {
  if (errorCode === REQUEST_TIMEOUT) return 'timeout'
  const isOk = expectedResponse === '' ? /^[23]\d\d$/.test(status) : expectedResponse === 'true'
  return isOk ? 'ok' : 'bad'
}
