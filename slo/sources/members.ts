import type { Ack, FactRow, Measure, RunRecord } from '../../reports/run/index.ts'

/** An acknowledged id and what the target knew of it when it was asked. */
export interface Member {
  readonly ack: Ack
  readonly row: FactRow | undefined
}

/** Acknowledged ids of a fact, each once, in the order of their acknowledgement. */
export function membersOf(fact: string | undefined, { acks, facts }: RunRecord): Member[] {
  const rows = rowsById(facts.filter((row) => row.fact === fact))
  const members = new Map<string, Member>()
  for (const ack of acks.filter((one) => one.fact === fact).sort((a, b) => a.atUs - b.atUs))
    if (!members.has(ack.id)) members.set(ack.id, { ack, row: rows.get(ack.id) })
  return [...members.values()]
}

/** An id that the target holds in several rows took effect as often as all of them, and was done with the first. */
function rowsById(rows: readonly FactRow[]): Map<string, FactRow> {
  const known = new Map<string, FactRow>()
  for (const row of rows) {
    const { effects, doneAtUs } = known.get(row.id) ?? { effects: 0, doneAtUs: null }
    known.set(row.id, {
      ...row,
      effects: effects + row.effects,
      doneAtUs: earlier(doneAtUs, row.doneAtUs),
    })
  }
  return known
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b)

/** Whether a member is what a measure names; undefined when it was asked about too soon to say. */
export function belongs(
  { ack, row }: Member,
  { outcome, scenario, withinMs }: Partial<Measure>,
): boolean | undefined {
  if (scenario !== undefined && ack.scenario !== scenario) return false
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
    case 'late':
      return row !== undefined && negated(isDone({ ack, row }, withinMs))
    default:
      return false
  }
}

const negated = (known: boolean | undefined): boolean | undefined =>
  known === undefined ? undefined : !known

function isDone(member: Member, withinMs = Number.POSITIVE_INFINITY): boolean | undefined {
  const took = tookMs(member)
  if (took !== undefined) return took <= withinMs
  return waitedMs(member) < withinMs ? undefined : false
}

/** How long it had been open when it was asked about. */
export const waitedMs = ({ ack, row }: Member): number => ((row?.atUs ?? ack.atUs) - ack.atUs) / 1000

/** From the acknowledgement; what was done before its acknowledgement arrived took no time. */
export function tookMs({ ack, row }: Member): number | undefined {
  if (row === undefined || row.doneAtUs === null) return undefined
  return Math.max(0, (row.doneAtUs - ack.atUs) / 1000)
}
