import { type Static, Type } from 'typebox'
import { type Mistake, Probe, probeMistakes, SomeTime } from '../probes/index.ts'
import { exactlyOne } from '../probes/kinds/ways.ts'
import { Size } from './manifests/parts/size.ts'

const closed = { additionalProperties: false } as const
const BurnRate = Type.Number({
  title: 'burn rate',
  exclusiveMinimum: 0,
  description: 'a number above 0, such as 50',
})

const MachineHealth = Type.Object(
  {
    memoryFreeAtLeast: Type.Optional(Size),
    diskFreeAtLeast: Type.Optional({ ...Size, description: 'of the disk that the record is written to' }),
    processorWaitAtMost: Type.Optional(
      Type.Number({
        title: 'share',
        minimum: 0,
        exclusiveMaximum: 1,
        description: 'share of the time that gauntlet waits for a processor, such as 0.3',
      }),
    ),
  },
  { ...closed, minProperties: 1, description: 'what this machine must have to spare' },
)

/** What ends a run early, as it stands in a plan or an experiment: one object with a key a kind, as a probe has it. */
export const Guard = Type.Object(
  {
    slo: Type.Optional(Type.String({ minLength: 1 })),
    burnRate: Type.Optional(BurnRate),
    probe: Type.Optional(Probe),
    machine: Type.Optional(MachineHealth),
    for: Type.Optional(SomeTime),
  },
  {
    ...closed,
    description:
      'ends the run: an objective is violated or burns its budget, a probe does not hold, the machine lacks',
  },
)
export type Guard = Static<typeof Guard>

/** The alert that must fire while the faults of an experiment are on. */
export const Alert = Type.Object(
  {
    slo: Type.String({ minLength: 1 }),
    burnRate: Type.Optional({ ...BurnRate, description: 'a number above 0; 14.4 when left out' }),
    over: Type.Optional({
      ...SomeTime,
      description:
        'a number with a unit, such as 5m: its long window, 1h when left out; the short one is a twelfth',
    }),
    within: Type.Optional({
      ...SomeTime,
      description:
        'a number with a unit, such as 30s: from the first injection; until the undo when left out',
    }),
  },
  { ...closed, description: 'the alert on the burn rate of an objective that must fire' },
)
export type Alert = Static<typeof Alert>

/** What the schema cannot tell of a guard; the paths lead on from the guard. */
export function guardMistakes(guard: Guard): Mistake[] {
  const { slo, burnRate, probe } = guard
  const kinds = exactlyOne(guard, ['slo', 'probe', 'machine'])
  if (kinds.length > 0) return kinds
  const misplaced = burnRate !== undefined && slo === undefined
  return [
    ...(misplaced ? [{ path: ['burnRate'], message: 'a burnRate belongs to an slo' }] : []),
    ...(probe === undefined
      ? []
      : probeMistakes(probe).map((one) => ({ ...one, path: ['probe', ...one.path] }))),
    ...(slo === undefined ? mistakesOfLength(guard) : mistakesOfBurnRate(guard)),
  ]
}

const mistakesOfBurnRate = ({ burnRate, for: length }: Guard): Mistake[] => [
  ...(burnRate !== undefined && length === undefined
    ? [{ path: ['burnRate'], message: 'a burn rate is watched for a length of time', hint: 'for: 5s' }]
    : []),
  ...(burnRate === undefined && length !== undefined
    ? [
        {
          path: ['for'],
          message: '"for" belongs to a burnRate',
          hint: 'leave it out: the guard alarms when it is sure',
        },
      ]
    : []),
]

/** A lost answer or a busy moment ends no run. */
const mistakesOfLength = ({ for: length }: Guard): Mistake[] =>
  length === undefined
    ? [{ path: [], message: '"for" is missing', hint: 'how long may it be so? for: 5s' }]
    : []

/** Of the guards of an experiment: what it is about to break, it does not promise. */
export function ownGuardMistakes(guard: Guard): Mistake[] {
  const mistakes = guardMistakes(guard)
  if (mistakes.length > 0 || guard.slo === undefined || guard.burnRate !== undefined) return mistakes
  return [
    {
      path: ['slo'],
      message: `${guard.slo} is what the experiment may bend`,
      hint: 'say how far: burnRate: 50, for: 5s; a plan may guard the promise itself',
    },
  ]
}
