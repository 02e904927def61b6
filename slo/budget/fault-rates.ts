import { type Static, Type } from 'typebox'
import {
  type Complaint,
  nearestHint,
  readSpec,
  type Spec,
  type YamlDocument,
} from '../../reports/run/index.ts'

const closed = { additionalProperties: false } as const
const Words = Type.String({ minLength: 1, description: 'text' })

/** As long as the months of OpenSLO's windows here: 30, 90 and 365 days. */
const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 }
const MONTH_DAYS = 30
export const MONTH_MS = MONTH_DAYS * 86_400_000
/** One a minute: what comes more often is no incident but how the platform is. */
const MOST_PER_MONTH = 24 * 60 * MONTH_DAYS

const TIMES_PATTERN = '^[0-9]+(\\.[0-9]+)?/(day|week|month|quarter|year)$'
const TIMES = 'times a day, week, month, quarter or year, such as 1/week; at most one a minute'
const Times = Type.String({ title: 'rate', pattern: TIMES_PATTERN, description: TIMES })
const OwnRate = Type.Object({ times: Times, why: Words }, closed)
const RateOfKind = Type.Object({ kind: Words }, closed)

const FaultRatesFile = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('FaultRates'),
    metadata: Type.Object({ name: Words, title: Words, why: Words }, closed),
    spec: Type.Object(
      {
        /** what fails, and how often one of its kind does */
        kinds: Type.Record(Type.String(), OwnRate),
        /** by the experiment that injects it: the rate of a kind, or one of its own */
        experiments: Type.Record(Type.String(), Type.Union([RateOfKind, OwnRate])),
      },
      closed,
    ),
  },
  closed,
)

/** How often a fault is assumed to happen in 30 days, and why. */
export interface FaultRate {
  readonly perMonth: number
  readonly why: string
}

/** By the name of the experiment. */
export type FaultRates = ReadonlyMap<string, FaultRate>

/** Reads a `fault-rates.yaml`: a rate for each experiment, or all that is wrong with it. */
export function parseFaultRates(text: string, file: string): Spec<FaultRates> {
  const found = readSpec(FaultRatesFile, text, file)
  if (found.value === undefined) return found
  const { document, value } = found
  const complaints = [...unknownKinds(value, document), ...tooOften(value, document)]
  if (complaints.length > 0) return { value: undefined, document, complaints }
  return { value: ratesOf(value), document, complaints: [] }
}

/** Times in 30 days of `1/week`; undefined when it is no rate, or more than one a minute. */
export function parseTimes(text: string): number | undefined {
  if (!new RegExp(TIMES_PATTERN).test(text)) return undefined
  const [times, unit = ''] = text.split('/')
  const perMonth = (Number(times) * MONTH_DAYS) / (UNIT_DAYS[unit] ?? Number.NaN)
  return perMonth <= MOST_PER_MONTH ? perMonth : undefined
}

type RatesFile = Static<typeof FaultRatesFile>

function unknownKinds({ spec }: RatesFile, document: YamlDocument): Complaint[] {
  const known = Object.keys(spec.kinds)
  return Object.entries(spec.experiments).flatMap(([name, one]) =>
    'times' in one || known.includes(one.kind)
      ? []
      : document.complaint(['spec', 'experiments', name, 'kind'], `unknown kind "${one.kind}"`, {
          hint: nearestHint(one.kind, known),
        }),
  )
}

function tooOften({ spec }: RatesFile, document: YamlDocument): Complaint[] {
  return Object.entries(spec).flatMap(([part, rates]) =>
    Object.entries(rates).flatMap(([name, one]) =>
      'times' in one && parseTimes(one.times) === undefined
        ? document.complaint(['spec', part, name, 'times'], `"${one.times}" is more than one a minute`, {
            hint: 'what comes so often is no incident: measure it in a phase without faults',
          })
        : [],
    ),
  )
}

function ratesOf({ spec }: RatesFile): FaultRates {
  return new Map(
    Object.entries(spec.experiments).map(([name, one]) => {
      const rate = 'times' in one ? one : spec.kinds[one.kind]
      return [name, { perMonth: parseTimes(rate?.times ?? '') ?? Number.NaN, why: rate?.why ?? '' }]
    }),
  )
}
