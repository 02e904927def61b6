import { type PlannedObjective, STATISTICS, type Statistic } from '../../reports/run/index.ts'
import type { Metadata } from './open-slo/index.ts'

/** Ours in an OpenSLO document, beside the metric source: annotations of an SLO. See slo/README.md. */
export const EVIDENCE = 'gauntlet/evidence'
/** What the events are called, in the plural. */
export const NOUN = 'gauntlet/noun'
export const STATISTIC = 'gauntlet/statistic'
/** Of a value that is no time. */
export const UNIT = 'gauntlet/unit'

export const ANNOTATIONS = [EVIDENCE, NOUN, STATISTIC, UNIT]

/** Those that take one of a few words. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  [EVIDENCE]: ['sample', 'census', 'repeats'],
  [STATISTIC]: STATISTICS,
}

type Annotated = Pick<Metadata, 'annotations'>

export function evidenceOf({ annotations }: Annotated): PlannedObjective['evidence'] {
  const said = annotations?.[EVIDENCE]
  return said === 'census' || said === 'repeats' ? said : 'sample'
}

export function statisticOf({ annotations }: Annotated): Statistic {
  const said = annotations?.[STATISTIC]
  return said === 'mean' || said === 'trend' ? said : 'share'
}
