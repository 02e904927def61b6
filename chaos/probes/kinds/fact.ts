import { Type } from 'typebox'
import { duration, type Fact, Label, parseDuration } from '../../../reports/run/index.ts'
import { FactProbe } from '../planned-probe.ts'
import { type ProbeKind, SomeTime } from '../probe-kind.ts'
import { notDescribed } from './ways.ts'

const FactSettings = Type.Object(
  {
    name: Label,
    since: Type.Optional(SomeTime),
    lateAfter: Type.Optional(SomeTime),
  },
  { additionalProperties: false, description: 'a fact of the target, over the ids accepted since' },
)

/** An accepted order is late after 60 s (CONTRACTS, "Orders"). */
const LATE_AFTER = '60s'

/** What the target knows of the ids that it accepted of late, asked through its control. */
export const factKind: ProbeKind<typeof FactSettings, FactProbe> = {
  kind: 'fact',
  settings: FactSettings,
  planned: FactProbe,
  fields: ['rows', 'late', 'answer'],
  mistakes: ({ since, lateAfter }) =>
    sinceMs(since) > lateAfterMs(lateAfter)
      ? []
      : [
          {
            path: ['since'],
            message: 'what was accepted since then is not late yet',
            hint: `expected more than ${lateAfter ?? LATE_AFTER}`,
          },
        ],
  plan: ({ name: fact, since, lateAfter }, head) => ({
    ...head,
    kind: 'fact',
    fact,
    sinceMs: sinceMs(since),
    lateAfterMs: lateAfterMs(lateAfter),
  }),
  outOfReach: ({ fact }, { target }) =>
    target.control === undefined
      ? {
          why: `${target.name} offers no control, so its facts cannot be asked`,
          hint: 'describe target.control, as in reports/run/target.schema.json',
        }
      : notDescribed(
          'fact',
          fact,
          target.facts.map(({ name }) => name),
          target,
        ),
  subject: ({ fact, sinceMs }) => `fact ${fact} of the last ${duration(sinceMs)}`,
  ask: async ({ fact, sinceMs, lateAfterMs, of }, { control, context: { clock } }) => {
    if (control === undefined) return { silent: 'the target offers no control' }
    const nowUs = clock.nowUs()
    const known = await control.fact(fact, nowUs - sinceMs * 1000)
    const fields = { rows: known.rows.length, answer: known }
    if (of !== 'late') return { fields }
    const young = await control.fact(fact, nowUs - lateAfterMs * 1000)
    return { fields: { ...fields, late: lateIn(known, young) } }
  },
}

const sinceMs = (since = '5m'): number => parseDuration(since) ?? 0
const lateAfterMs = (lateAfter = LATE_AFTER): number => parseDuration(lateAfter) ?? 0

/** Rows do not say when they were accepted; who is not among the young is old enough to be late. */
function lateIn(known: Fact, young: Fact): number {
  const youngIds = new Set(young.rows.map(({ id }) => id))
  return known.rows.filter(({ id, doneAtUs }) => doneAtUs === null && !youngIds.has(id)).length
}
