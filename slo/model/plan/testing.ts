import assert from 'node:assert/strict'
import { stringify } from 'yaml'
import { PLAN } from '../../judge/testing/run.ts'
import { shelve } from '../library.ts'
import { parseOpenSlo } from '../parse-open-slo.ts'
import { type PlannedSlo, toPlannedObjectives } from './planned.ts'

/** Of a document, as YAML holds them. */
export type Fields = Readonly<Record<string, unknown>>

/** An SLO whose indicator stands within it. */
export interface Given {
  readonly annotations?: Fields
  /** of the indicator */
  readonly metric: Fields
  readonly objectives: readonly Fields[]
  readonly spec?: Fields
}

export const metric = (type: string, spec: Fields, more: Fields = {}) => ({
  metricSource: { type, spec, ...more },
})
export const ours = (spec: Fields) => metric('gauntlet', spec)
export const threshold = (spec: Fields) => ({ thresholdMetric: ours(spec) })
/** Where a Prometheus would listen. */
export const AT = { url: 'http://127.0.0.1:9090' }

export const sloOf = ({ annotations = {}, metric, objectives, spec = {} }: Given): Fields => ({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'asked', annotations },
  spec: {
    service: 'shop',
    indicator: { metadata: { name: 'counted' }, spec: metric },
    budgetingMethod: 'Occurrences',
    objectives,
    ...spec,
  },
})

/** What the SLO `asked` among these documents comes to in a plan. */
export function planned(documents: readonly Fields[]): PlannedSlo {
  const text = documents.map((one) => stringify(one)).join('---\n')
  const { slos, complaints } = shelve([parseOpenSlo(text, 'asked.yaml')])
  assert.deepEqual(complaints, [])
  return toPlannedObjectives(slos.get('asked')!, { phases: PLAN.phases, advisory: false })
}
