import { LOAD_OUTCOMES } from '../../../reports/run/index.ts'
import type { GauntletSource } from '../gauntlet-source.ts'
import {
  checkNamed,
  checkOutcome,
  isOutcome,
  type Ratio,
  readSource,
  SPEC,
  TIMED,
  UNTIMED,
} from './gauntlet-source.ts'
import type { Place } from './place.ts'

/** What good, bad and total of our own type count, and whether they can be parts of one whole. */
export function checkRatioSources({ good, bad, total }: Ratio, place: Place): void {
  const whole = readSource(total, place.inside(['total']))
  if (whole !== undefined) checkTotal(whole, place.inside(['total']))
  for (const [name, metric] of [
    ['good', good],
    ['bad', bad],
  ] as const) {
    const there = place.inside([name])
    const part = readSource(metric, there)
    if (part === undefined) continue
    checkPart(part, name, there)
    if (whole !== undefined) checkAgainst(whole, part, name, there)
  }
}

type Name = 'good' | 'bad'

function checkTotal(total: GauntletSource, place: Place): void {
  const { measure, outcome, within } = total
  checkNamed(total, place)
  if (measure === 'probe')
    place.say(
      [...SPEC, 'measure'],
      'a probe has a value, and is neither good nor bad',
      'use thresholdMetric, with op and value in the objective',
    )
  checkOutcome(total, place)
  if (outcome !== 'known' && isOutcome(total))
    place.say(
      [...SPEC, 'outcome'],
      `total counts only what is ${outcome}: nothing else could be good or bad`,
      measure === 'fact' ? 'leave it out, or outcome: known' : 'leave it out: total counts every outcome',
    )
  if (within !== undefined)
    place.say([...SPEC, 'within'], 'total takes no within', 'a time limit belongs to good')
}

function checkPart(part: GauntletSource, name: Name, place: Place): void {
  const { measure, within } = part
  checkNamed(part, place)
  checkOutcome(part, place)
  if (measure === 'fact') checkFact(part, name, place)
  if (within !== undefined && name === 'bad' && measure !== 'fact')
    place.say([...SPEC, 'within'], 'bad takes no within', 'a time limit belongs to good')
  if (within !== undefined && measure === 'check')
    place.say(
      [...SPEC, 'within'],
      'a check has no duration',
      'leave within out, or limit its request or iteration',
    )
  if (measure === 'page' && name === 'bad')
    place.say([], 'a page takes no bad', 'give good with within: 1.5s', 'key')
  if (measure === 'page' && name === 'good' && within === undefined)
    place.say(SPEC, 'a page needs a limit', 'within: 1.5s')
}

/** Without an outcome every id would count, and without its limit one that stays open never would. */
function checkFact({ outcome, within }: GauntletSource, name: Name, place: Place): void {
  if (outcome === undefined)
    place.say(SPEC, `${name} of a fact needs an outcome`, 'such as done, with within: 60s')
  else if (TIMED.includes(outcome) && within === undefined)
    place.say(SPEC, `a fact that is ${outcome} needs a limit`, 'within: 60s')
  else if (UNTIMED.includes(outcome) && within !== undefined)
    place.say(
      [...SPEC, 'within'],
      `a fact that is ${outcome} takes no within`,
      'only done and late have a limit',
    )
}

const WHICH = {
  good: 'outcome: ok, or within: 300ms',
  bad: `outcome: one of ${LOAD_OUTCOMES.join(', ')}`,
}

/** Good and bad are a part of total: of the same events, and not all of them. */
function checkAgainst(total: GauntletSource, part: GauntletSource, name: Name, place: Place): void {
  const { measure, outcome, within } = part
  if (measure !== total.measure)
    place.say(
      [...SPEC, 'measure'],
      `${name} has measure ${measure}, total has ${total.measure}`,
      'count the same in both',
    )
  for (const key of ['name', 'scenario'] as const)
    if (part[key] !== total[key])
      place.say([...SPEC, key], `${name} has another ${key} than total`, 'give both the same, or neither')
  const isWhole = outcome === undefined && within === undefined && measure === total.measure
  if (isWhole && measure !== 'fact' && measure !== 'page')
    place.say(SPEC, `${name} does not say which of them are ${name}`, WHICH[name])
  if (total.outcome === 'known' && (outcome === 'known' || outcome === 'lost'))
    place.say(
      [...SPEC, 'outcome'],
      `of those that are known ${outcome === 'lost' ? 'none is lost' : 'all are known'}: it could only be ${endOf(name, outcome)}`,
      'another outcome, or none for total',
    )
}

const endOf = (name: Name, outcome: string): string =>
  (name === 'good') === (outcome === 'known') ? 'met' : 'violated'
