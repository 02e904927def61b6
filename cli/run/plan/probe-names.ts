import type { PlannedObjective } from '../../../reports/run/index.ts'
import { measuresOf } from './measures.ts'

/** `orders/resident-bytes`: what is read of which process. */
export interface AskedProbe {
  readonly process: string
  readonly metric: string
}

export function splitProbe(name: string): AskedProbe {
  const end = name.lastIndexOf('/')
  return { process: name.slice(0, Math.max(0, end)), metric: name.slice(end + 1) }
}

/** The names of all probes that these objectives ask. */
export function probesOf(objectives: readonly PlannedObjective[]): string[] {
  const measures = objectives.flatMap(measuresOf).filter(({ measure }) => measure === 'probe')
  return [...new Set(measures.map(({ name = '' }) => name))]
}
