import type { Ack, FactRow, Measure, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { counted, moment } from '../../reports/run/words.ts'
import { limitWords } from '../model/index.ts'
import { distributionOf, EMPTY, type Sample } from './sample.ts'
import type { PhaseWindow } from './windows.ts'

/** An acknowledged id and what the target knew of it when it was asked. */
export interface Member {
  readonly ack: Ack
  readonly row: FactRow | undefined
}

export interface CensusCount {
  readonly checked: number
  readonly bad: readonly { readonly id: string; readonly what: string }[]
  /** asked about too soon to say */
  readonly undecided: number
  /** why nothing could be checked; empty when it could */
  readonly note: string
}

/** Acknowledged ids of a fact, each once, in the order of their acknowledgement. */
export function membersOf(fact: string | undefined, { acks, facts }: RunRecord): Member[] {
  const rows = new Map(facts.filter((row) => row.fact === fact).map((row) => [row.id, row]))
  const members = new Map<string, Member>()
  for (const ack of acks.filter((one) => one.fact === fact).sort((a, b) => a.atUs - b.atUs))
    if (!members.has(ack.id)) members.set(ack.id, { ack, row: rows.get(ack.id) })
  return [...members.values()]
}

/** Acknowledged ids of these phases as events: good, bad, or asked about too soon to be either. */
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
  const answers = asked.map((member) => ({ member, holds: belongs(member, good ?? bad ?? {}) }))
  const decided = answers.filter(({ holds }) => holds !== undefined)
  const isBad = ({ holds }: { holds: boolean | undefined }): boolean => holds === (good === undefined)
  const count = decided.filter(isBad).length
  return {
    events: decided.length,
    bad: { most: count, least: count },
    times: good?.withinMs === undefined ? null : distributionOf(decided.map(({ member }) => tookMs(member))),
    uncorrected: null,
    note: tooSoon(answers.length - decided.length, noun),
  }
}

/** Every acknowledged id of the whole run, each checked. */
export function censusOfFacts(objective: PlannedObjective, record: RunRecord): CensusCount {
  const { total, bad, noun } = objective
  const note = whyUnread(objective, record)
  if (note !== '') return { checked: 0, bad: [], undecided: 0, note }
  const members = membersOf(total.name, record).filter((member) => belongs(member, total) === true)
  const answers = members.map((member) => ({ member, isBad: belongs(member, bad ?? {}) }))
  const undecided = answers.filter(({ isBad }) => isBad === undefined).length
  const zeroUs = record.journal.find(({ kind }) => kind === 'second-zero')?.atUs ?? 0
  return {
    checked: answers.length - undecided,
    bad: answers
      .filter(({ isBad }) => isBad === true)
      .map(({ member }) => ({ id: member.ack.id, what: whatOf(member, bad, zeroUs) })),
    undecided,
    note: tooSoon(undecided, noun),
  }
}

/** Whether a member is what a measure names; undefined when it was asked about too soon to say. */
function belongs({ ack, row }: Member, { outcome, withinMs }: Partial<Measure>): boolean | undefined {
  switch (outcome) {
    case undefined:
      return true
    case 'known':
      return row !== undefined
    case 'lost':
      return row === undefined
    case 'twice':
      return row !== undefined && row.effects > 1
    case 'done':
      return row !== undefined && isDone({ ack, row }, withinMs)
    case 'late': {
      const done = row !== undefined && isDone({ ack, row }, withinMs)
      return row === undefined ? false : done === undefined ? undefined : !done
    }
    default:
      return false
  }
}

function isDone(member: Member, withinMs = Number.POSITIVE_INFINITY): boolean | undefined {
  const took = tookMs(member)
  if (took !== undefined) return took <= withinMs
  const waitedMs = ((member.row?.atUs ?? 0) - member.ack.atUs) / 1000
  return waitedMs < withinMs ? undefined : false
}

/** From the acknowledgement; what was done before its acknowledgement arrived took no time. */
function tookMs({ ack, row }: Member): number | undefined {
  if (row === undefined || row.doneAtUs === null) return undefined
  return Math.max(0, (row.doneAtUs - ack.atUs) / 1000)
}

/** A fact that nobody asked about says nothing, and must not read as "all lost". */
function whyUnread({ total, noun }: PlannedObjective, { acks, facts, journal }: RunRecord): string {
  if (!acks.some(({ fact }) => fact === total.name)) return `No ${noun} were acknowledged.`
  const wasAsked =
    facts.some(({ fact }) => fact === total.name) ||
    journal.some((entry) => entry.kind === 'drain-ended' && entry.open !== null)
  return wasAsked ? '' : `The target was not asked what became of its ${noun}.`
}

const tooSoon = (undecided: number, noun: string): string =>
  undecided === 0 ? '' : `${counted(undecided, noun)} still open, asked about too soon to say.`

function whatOf({ ack, row }: Member, bad: Measure | undefined, zeroUs: number): string {
  const accepted = `accepted ${moment((ack.atUs - zeroUs) / 1000)}`
  if (row === undefined) return `${accepted}, not stored`
  if (bad?.outcome === 'twice') return `${accepted}, took effect ${row.effects} times`
  return `${accepted}, not done${bad?.withinMs === undefined ? '' : ` within ${limitWords(bad.withinMs)}`}`
}
