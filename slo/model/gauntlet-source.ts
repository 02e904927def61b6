import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Duration, Label, type Measure } from '../../reports/run/index.ts'
import { closed, text } from './open-slo/parts.ts'
import type { SliSpec } from './open-slo/sli.ts'

/** `spec` of a metric source of type gauntlet: what is counted in the record of a run. */
export const GauntletSource = Type.Object(
  {
    measure: Type.Enum(['request', 'iteration', 'check', 'metric', 'fact', 'probe', 'page']),
    name: Type.Optional(text('what it is called where it is measured')),
    scenario: Type.Optional(Type.String({ ...Label, default: 'x' })),
    outcome: Type.Optional(text('how it ended, such as ok')),
    within: Type.Optional(Type.String({ ...Duration, default: '1s' })),
  },
  closed,
)

export type GauntletSource = Static<typeof GauntletSource>

const shape = Compile(GauntletSource)
export const isGauntletSource = (spec: unknown): spec is GauntletSource => shape.Check(spec)

const PAGE_TIMES = [
  'first-contentful-paint',
  'interaction-to-next-paint',
  'interactive',
  'largest-contentful-paint',
  'speed-index',
  'total-blocking-time',
]

/** Whether its value is a time in milliseconds; a metric of the journey's own is one when its unit says so. */
export function isTime({ measure, name = '' }: Pick<Measure, 'measure' | 'name'>, unit?: string): boolean {
  switch (measure) {
    case 'request':
    case 'iteration':
      return true
    case 'page':
      return PAGE_TIMES.includes(name.slice(name.indexOf('/') + 1))
    case 'metric':
      return unit === 'ms'
    case 'check':
    case 'fact':
    case 'probe':
    case 'query':
      return false
    default:
      return measure satisfies never
  }
}

/** What an indicator counts, when it is of our own type. */
export function gauntletSourceOf({ thresholdMetric, ratioMetric }: SliSpec): GauntletSource | undefined {
  const metric = thresholdMetric ?? ratioMetric?.total ?? ratioMetric?.raw
  if (metric?.metricSource.type !== 'gauntlet') return undefined
  return isGauntletSource(metric.metricSource.spec) ? metric.metricSource.spec : undefined
}
