import type { Measure, PlannedObjective } from '../../../reports/run/index.ts'
import { thresholdOf } from '../../../slo/sources/index.ts'

/** Every value at which the stream must count exactly, ascending. */
export function thresholds(objectives: readonly PlannedObjective[]): number[] {
  const asked = objectives
    .flatMap((one) => [one, ...(one.members ?? [])])
    .flatMap(({ total, good, bad }) => [total, good, bad].flatMap((measure) => measure && countedAt(measure)))
    .filter((one) => one !== undefined)
  // as the stream writes them: without a sign or an exponent
  return [...new Set(asked)].filter((one) => /^[0-9.]+$/.test(String(one))).sort((a, b) => a - b)
}

function countedAt(one: Measure): number | undefined {
  if (one.measure === 'fact') return undefined
  const isStreamed = one.measure === 'request' || one.measure === 'iteration' || one.measure === 'metric'
  return isStreamed ? thresholdOf(one)?.threshold : one.withinMs
}
