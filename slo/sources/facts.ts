import {
  type Measure,
  type PhaseWindow,
  type PlannedObjective,
  type RunRecord,
  zeroUs,
} from '../../reports/run/index.ts'
import { counted, moment } from '../../reports/run/words/words.ts'
import { limitWords } from '../model/index.ts'
import { belongs, type Member, membersOf, tookMs, waitedMs } from './members.ts'
import { type Distribution, distributionOf, EMPTY, type Sample, type Stretch } from './sample.ts'

export interface CensusCount {
  readonly checked: number
  readonly bad: readonly { readonly id: string; readonly what: string }[]
  /** asked about too soon to say */
  readonly undecided: number
  /** why nothing could be checked; empty when it could */
  readonly note: string
}

/** Acknowledged ids of these phases as events: good, bad, or asked about too soon to say, and then perhaps bad. */
export function sampleOfFacts(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Sample {
  const { total, good, bad, noun } = objective
  const unread = whyUnread(objective, record)
  if (unread !== '') return { ...EMPTY, note: unread }
  const asked = membersOf(total.name, record)
    .filter(({ ack }) => windows.some((one) => ack.second >= one.fromSecond && ack.second < one.toSecond))
    .filter((member) => belongs(member, total) === true)
  const answers = asked.map((member): Answer => ({ member, holds: belongs(member, good ?? bad ?? {}) }))
  const undecided = answers.filter(({ holds }) => holds === undefined).length
  const isBad = ({ holds }: Answer): boolean => holds === (good === undefined)
  const least = answers.filter(isBad).length
  const slowerThan = (limitMs: number) =>
    answers.map(({ member }) => ({ member, holds: isWithin(member, limitMs) }))
  return {
    events: answers.length,
    bad: { most: least + undecided, least },
    times: good?.withinMs === undefined ? null : timesOf(answers),
    uncorrected: null,
    stretches: windows.map((window) => stretchOf(window, answers, isBad)),
    atomMs: 1000,
    beyond:
      good?.withinMs === undefined
        ? null
        : (limitMs) => windows.map((window) => stretchOf(window, slowerThan(limitMs), ({ holds }) => !holds)),
    note: tooSoon(undecided, noun),
  }
}

interface Answer {
  readonly member: Member
  /** undefined: asked about too soon to say */
  readonly holds: boolean | undefined
}

const isWithin = (member: Member, limitMs: number): boolean =>
  (tookMs(member) ?? Number.POSITIVE_INFINITY) <= limitMs

/** By the second in which the iteration that was acknowledged was due. */
function stretchOf(
  { phase, faulted, fromSecond, toSecond }: PhaseWindow,
  answers: readonly Answer[],
  isBad: (answer: Answer) => boolean,
): Stretch {
  const seconds = Array.from({ length: toSecond - fromSecond }, () => ({ events: 0, bad: 0, least: 0 }))
  for (const answer of answers) {
    const second = seconds[answer.member.ack.second - fromSecond]
    if (second === undefined) continue
    second.events += 1
    if (isBad(answer)) second.least += 1
    if (isBad(answer) || answer.holds === undefined) second.bad += 1
  }
  return { phase, faulted, seconds }
}

/** Those that are not done took at least as long as they had been open; of those asked too soon nothing is said. */
function timesOf(answers: readonly Answer[]): Distribution {
  const members = answers.map(({ member }) => member)
  const times = distributionOf(members.map(tookMs))
  if (answers.some(({ holds }) => holds === undefined)) return { ...times, longestMs: 0 }
  const openMs = members.filter((member) => tookMs(member) === undefined).map(waitedMs)
  return { ...times, longestMs: openMs.reduce((most, ms) => Math.max(most, ms), times.longestMs) }
}

/** Every acknowledged id of the whole run, each checked. */
export function censusOfFacts(objective: PlannedObjective, record: RunRecord): CensusCount {
  const { total, bad, noun } = objective
  const note = whyUnread(objective, record)
  if (note !== '') return { checked: 0, bad: [], undecided: 0, note }
  const members = membersOf(total.name, record).filter((member) => belongs(member, total) === true)
  const answers = members.map((member) => ({ member, isBad: belongs(member, bad ?? {}) }))
  const undecided = answers.filter(({ isBad }) => isBad === undefined).length
  return {
    checked: answers.length - undecided,
    bad: answers
      .filter(({ isBad }) => isBad === true)
      .map(({ member }) => ({ id: member.ack.id, what: whatOf(member, bad, zeroUs(record.journal) ?? 0) })),
    undecided,
    note: tooSoon(undecided, noun),
  }
}

/** A fact that nobody asked about, or not to the end, says nothing, and must not read as "all lost". */
function whyUnread({ total, noun }: PlannedObjective, { plan, acks, facts, journal }: RunRecord): string {
  if (!acks.some(({ fact }) => fact === total.name)) return `No ${noun} were acknowledged.`
  const wasAsked = facts.some(({ fact }) => fact === total.name)
  const ended = journal.find((entry) => entry.kind === 'drain-ended')
  const isDrained = plan.drain?.fact === total.name
  if (isDrained && wasAsked && ended === undefined)
    return `The drain was cut short, so the ${noun} still open were not waited for.`
  const isKnown = wasAsked || (isDrained && ended !== undefined && ended.open !== null)
  return isKnown ? '' : `The target was not asked what became of its ${noun}.`
}

const tooSoon = (undecided: number, noun: string): string =>
  undecided === 0 ? '' : `${counted(undecided, noun)} still open, asked about too soon to say.`

function whatOf({ ack, row }: Member, bad: Measure | undefined, fromUs: number): string {
  const accepted = `accepted ${moment((ack.atUs - fromUs) / 1000)}`
  if (row === undefined) return `${accepted}, not stored`
  if (bad?.outcome === 'twice') return `${accepted}, took effect ${row.effects} times`
  return `${accepted}, not done${bad?.withinMs === undefined ? '' : ` within ${limitWords(bad.withinMs)}`}`
}
