import type { Objective, SloSpec } from '../open-slo/index.ts'
import { checkEntry } from './alert-policy.ts'
import type { Place } from './place.ts'
import { checkTimeWindow } from './time-window.ts'

export function checkSlo(spec: SloSpec, place: Place): void {
  checkIndicators(spec, place)
  for (const [n, window] of (spec.timeWindow ?? []).entries())
    checkTimeWindow(window, place.inside(['timeWindow', n]))
  for (const [n, objective] of spec.objectives.entries()) {
    const there = place.inside(['objectives', n])
    checkTarget(objective, there)
    checkSlices(objective, spec.budgetingMethod, there)
  }
  for (const [n, one] of (spec.alertPolicies ?? []).entries())
    checkEntry(
      one,
      { ref: 'alertPolicyRef', of: 'AlertPolicy', named: one.alertPolicyRef },
      place.inside(['alertPolicies', n]),
    )
}

type Indicated = Pick<Objective, 'indicator' | 'indicatorRef'>
const isIndicated = ({ indicator, indicatorRef }: Indicated): boolean =>
  indicator !== undefined || indicatorRef !== undefined

/** One for the SLO, or one for each objective of a composite. */
function checkIndicators(spec: SloSpec, place: Place): void {
  const isComposite = spec.objectives.some(isIndicated)
  if (isComposite && isIndicated(spec))
    place.say([], 'an indicator here, and one in an objective', 'a composite has one in each objective only')
  if (!isComposite && !isIndicated(spec))
    place.say([], 'no indicator says what is counted', 'indicator, or indicatorRef: NAME of an SLI')
  checkOneIndicator(spec, place)
  for (const [n, objective] of spec.objectives.entries()) {
    checkOneIndicator(objective, place.inside(['objectives', n]))
    if (isComposite && !isIndicated(objective))
      place.say(
        ['objectives', n],
        'this objective of a composite has no indicator',
        'indicator, or indicatorRef: NAME of an SLI',
      )
  }
}

function checkOneIndicator({ indicator, indicatorRef }: Indicated, place: Place): void {
  if (indicator !== undefined && indicatorRef !== undefined)
    place.say(['indicatorRef'], 'indicator and indicatorRef are both given', 'keep one of them')
}

const CENSUS_HINT =
  'to ask that none is bad, use a census:\nmetadata: { annotations: { gauntlet/evidence: census } }'

function checkTarget({ target, targetPercent }: Objective, place: Place): void {
  if (target === undefined && targetPercent === undefined)
    place.say([], 'an objective needs a target', 'target: 0.999, or targetPercent: 99.9')
  if (target !== undefined && targetPercent !== undefined)
    place.say(['targetPercent'], 'target and targetPercent are both given', 'keep one of them')
  checkShare({ key: 'target', share: target, whole: 1, such: '0.999' }, place)
  checkShare({ key: 'targetPercent', share: targetPercent, whole: 100, such: '99.9' }, place)
}

interface Share {
  readonly key: string
  readonly share: number | undefined
  /** what all of them would be: never allowed */
  readonly whole: number
  readonly such: string
}

export function checkShare({ key, share, whole, such }: Share, place: Place): void {
  if (share === whole) place.say([key], `${key} ${share} is not allowed by OpenSLO`, CENSUS_HINT)
  else if (share !== undefined && (share < 0 || share > whole))
    place.say(
      [key],
      `${key} ${share} is not a share of good events`,
      `expected a number from 0 and below ${whole}, such as ${such}`,
    )
}

function checkSlices(
  { timeSliceTarget, timeSliceWindow }: Objective,
  method: SloSpec['budgetingMethod'],
  place: Place,
): void {
  if (method !== 'Occurrences' && timeSliceWindow === undefined)
    place.say([], `${method} needs a timeSliceWindow`, 'how long a slice is, such as timeSliceWindow: 1m')
  if (method === 'Timeslices' && timeSliceTarget === undefined)
    place.say(
      [],
      'Timeslices needs a timeSliceTarget',
      'the share of good events that makes a slice good, such as timeSliceTarget: 0.95',
    )
}
