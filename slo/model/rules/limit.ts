import type { Limit } from '../../../reports/run/index.ts'
import { gauntletSourceOf } from '../gauntlet-source.ts'
import type { Objective, SliSpec } from '../open-slo/index.ts'
import type { Place } from './place.ts'

export function checkLimit(indicator: SliSpec, { op, value }: Objective, place: Place): void {
  const why = op === undefined || value === undefined ? undefined : whyForegone(indicator, { op, value })
  if (why !== undefined) place.say(['value'], why, 'expected a limit above 0')
}

const WORDS = { lte: 'at most', lt: 'below', gte: 'at least', gt: 'above' } as const

/** Times and figures of pages are never below 0: such a limit decides without a single event. */
export function whyForegone(indicator: SliSpec, { op, value }: Limit): string | undefined {
  const measure = gauntletSourceOf(indicator)?.measure
  if (measure !== 'request' && measure !== 'iteration' && measure !== 'page') return undefined
  const holdsAtZero = op === 'gte' || op === 'lt'
  if (value > 0 || (value === 0 && !holdsAtZero)) return undefined
  const isKept = op === 'gte' || op === 'gt'
  return isKept
    ? `every ${measure} is ${WORDS[op]} ${value}: it could only be met`
    : `no ${measure} is ${WORDS[op]} ${value}: it could only be violated`
}
