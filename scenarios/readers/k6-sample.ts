/** One sample of k6, from its CSV or its JSON: all as text; empty where k6 left a tag out. Undefined: the file has none. */
export interface K6Sample {
  readonly metric: string
  readonly time: string
  readonly value: string
  readonly scenario: string | undefined
  readonly group: string | undefined
  readonly name: string
  readonly check: string
  readonly status: string
  readonly errorCode: string
  readonly expectedResponse: string
}

/** A sample whose time and value are such. */
export interface ReadSample {
  readonly sample: K6Sample
  readonly atUs: number
  readonly value: number
  readonly line: number
}

/** k6's name for the scenario of a script without any; samples without that tag are taken to be of it. */
const DEFAULT_SCENARIO = 'default'

export const scenarioOf = ({ scenario }: K6Sample): string => scenario || DEFAULT_SCENARIO
