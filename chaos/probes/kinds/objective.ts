import { Type } from 'typebox'
import { duration, Label, nearestHint, parseDuration } from '../../../reports/run/index.ts'
import { ObjectiveProbe } from '../planned-probe.ts'
import { type ProbeKind, SomeTime } from '../probe-kind.ts'

const ObjectiveSettings = Type.Object(
  { name: Label, over: SomeTime },
  { additionalProperties: false, description: 'an objective, over the last so long' },
)

/** What an objective came to of late. Too little to judge is not normal either. */
export const objectiveKind: ProbeKind<typeof ObjectiveSettings, ObjectiveProbe> = {
  kind: 'objective',
  settings: ObjectiveSettings,
  planned: ObjectiveProbe,
  fields: ['verdict'],
  normal: 'met',
  mistakes: () => [],
  plan: ({ name: objective, over }, head) => ({
    ...head,
    kind: 'objective',
    objective,
    overMs: parseDuration(over) ?? 0,
  }),
  outOfReach: ({ objective, overMs }, { objectives }) => {
    const names = objectives.map(({ name }) => name)
    return names.includes(objective)
      ? objectives.find(({ name }) => name === objective)?.whyNot(overMs)
      : { why: `the plan has no objective ${objective}`, hint: nearestHint(objective, names) }
  },
  subject: ({ objective, overMs }) => `objective ${objective} over the last ${duration(overMs)}`,
  ask: async ({ objective, overMs }, { objectives, sinceUs }) => {
    if (objectives === undefined) return { silent: 'nothing judges objectives here' }
    const { verdict, seen } = await objectives(objective, overMs, sinceUs)
    return { fields: { verdict }, note: seen }
  },
}
