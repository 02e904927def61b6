import { Type } from 'typebox'
import { describedProcesses, labelsInWords, withLabels } from '../../radius/blast-radius.ts'
import { ProcessProbe } from '../planned-probe.ts'
import type { ProbeKind } from '../probe-kind.ts'

const Count = Type.Optional(Type.Integer({ minimum: 0 }))

const ProcessSettings = Type.Object(
  {
    labels: Type.Record(Type.String(), Type.String(), { minProperties: 1 }),
    atLeast: Count,
    atMost: Count,
  },
  { additionalProperties: false, description: 'how many processes with these labels are alive' },
)

/** How many processes with these labels are alive. Without a number at least one. */
export const processKind: ProbeKind<typeof ProcessSettings, ProcessProbe> = {
  kind: 'process',
  settings: ProcessSettings,
  planned: ProcessProbe,
  fields: ['alive'],
  normal: { min: 1 },
  toleranceOf: ({ atLeast, atMost }) => ({
    ...(atLeast === undefined ? {} : { min: atLeast }),
    ...(atMost === undefined ? {} : { max: atMost }),
  }),
  mistakes: ({ atLeast, atMost }) =>
    atLeast !== undefined && atMost !== undefined && atLeast > atMost
      ? [{ path: ['atMost'], message: `at least ${atLeast} and at most ${atMost} can never be` }]
      : [],
  plan: ({ labels, atLeast, atMost }, { name }) => ({
    name,
    kind: 'process',
    labels,
    ...(atLeast === undefined && atMost === undefined ? { atLeast: 1 } : {}),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  }),
  outOfReach: ({ labels }, { target }) =>
    withLabels(target, labels).length > 0
      ? undefined
      : {
          why: `0 processes of ${target.name} have ${labelsInWords(labels)}`,
          hint: describedProcesses(target),
        },
  subject: ({ labels }) => `processes with ${labelsInWords(labels)}`,
  ask: async ({ labels }, { target, control, context: { exec } }) => {
    const now = (await control?.describe()) ?? target
    const meant = withLabels(now, labels)
    const alive = meant.filter(
      ({ pid, startedAt, state }) =>
        state !== 'stopped' &&
        pid !== undefined &&
        startedAt !== undefined &&
        exec.isAlive({ pid, startedAt }),
    )
    // nobody can see whether it lives
    const untold = meant.filter(({ pid, state }) => state === 'ready' && pid === undefined)
    const names = untold.map(({ name }) => name).join(' and ')
    return {
      fields: { alive: alive.length },
      ...(untold.length === 0 ? {} : { note: `of ${names} nobody tells the pid` }),
    }
  },
}
