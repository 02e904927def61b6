import { LOAD_OUTCOMES } from '../../../reports/run/index.ts'
import type { GauntletSource } from '../gauntlet-source.ts'
import {
  checkNamed,
  checkOutcome,
  isOutcome,
  type Own,
  type Ratio,
  readOwn,
  TIMED,
  UNTIMED,
} from './gauntlet-source.ts'
import type { Place } from './place.ts'

/** What good, bad and total of our own type count, and whether they can be parts of one whole. */
export function checkRatioSources({ good, bad, total }: Ratio, place: Place): void {
  const whole = readOwn(total, place.inside(['total']))
  if (whole !== undefined) checkTotal(whole)
  for (const [name, metric] of [
    ['good', good],
    ['bad', bad],
  ] as const) {
    const part = readOwn(metric, place.inside([name]))
    if (part === undefined) continue
    if (part.source.measure === 'page' && name === 'bad')
      place.say([name], 'a page takes no bad', 'give good with within: 1.5s', 'key')
    checkPart(part, name)
    if (whole !== undefined) checkAgainst(whole.source, part, name)
  }
}

type Name = 'good' | 'bad'

function checkTotal(total: Own): void {
  const { source, place } = total
  const { measure, outcome, within } = source
  checkNamed(total)
  if (measure === 'probe')
    place.say(
      ['measure'],
      'a probe has a value, and is neither good nor bad',
      'use thresholdMetric, with op and value in the objective',
    )
  checkOutcome(total)
  if (outcome !== 'known' && isOutcome(source))
    place.say(
      ['outcome'],
      `total counts only what is ${outcome}: nothing else could be good or bad`,
      measure === 'fact' ? 'leave it out, or outcome: known' : 'leave it out: total counts every outcome',
    )
  if (within !== undefined) place.say(['within'], 'total takes no within', 'a time limit belongs to good')
}

function checkPart(part: Own, name: Name): void {
  const { source, place } = part
  const { measure, within } = source
  checkNamed(part)
  checkOutcome(part)
  if (measure === 'fact') checkFact(part, name)
  if (within !== undefined && name === 'bad' && measure !== 'fact')
    place.say(['within'], 'bad takes no within', 'a time limit belongs to good')
  if (within !== undefined && measure === 'check')
    place.say(['within'], 'a check has no duration', 'leave within out, or limit its request or iteration')
  if (measure === 'page' && name === 'good' && within === undefined)
    place.say([], 'a page needs a limit', 'within: 1.5s')
}

/** Without an outcome every id would count, and without its limit one that stays open never would. */
function checkFact({ source: { outcome, within }, place }: Own, name: Name): void {
  if (outcome === undefined)
    place.say([], `${name} of a fact needs an outcome`, 'such as done, with within: 60s')
  else if (TIMED.includes(outcome) && within === undefined)
    place.say([], `a fact that is ${outcome} needs a limit`, 'within: 60s')
  else if (UNTIMED.includes(outcome) && within !== undefined)
    place.say(['within'], `a fact that is ${outcome} takes no within`, 'only done and late have a limit')
}

const WHICH = {
  good: 'outcome: ok, or within: 300ms',
  bad: `outcome: one of ${LOAD_OUTCOMES.join(', ')}`,
}

/** Good and bad are a part of total: of the same events, and not all of them. */
function checkAgainst(total: GauntletSource, { source, place }: Own, name: Name): void {
  const { measure, outcome, within } = source
  if (measure !== total.measure)
    place.say(
      ['measure'],
      `${name} has measure ${measure}, total has ${total.measure}`,
      'count the same in both',
    )
  for (const key of ['name', 'scenario'] as const)
    if (source[key] !== total[key])
      place.say([key], `${name} has another ${key} than total`, 'give both the same, or neither')
  const isWhole = outcome === undefined && within === undefined && measure === total.measure
  if (isWhole && measure !== 'fact' && measure !== 'page')
    place.say([], `${name} does not say which of them are ${name}`, WHICH[name])
  if (total.outcome === 'known' && (outcome === 'known' || outcome === 'lost'))
    place.say(
      ['outcome'],
      `of those that are known ${outcome === 'lost' ? 'none is lost' : 'all are known'}: it could only be ${endOf(name, outcome)}`,
      'another outcome, or none for total',
    )
}

const endOf = (name: Name, outcome: string): string =>
  (name === 'good') === (outcome === 'known') ? 'met' : 'violated'
