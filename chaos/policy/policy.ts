import { type Static, Type } from 'typebox'
import { type Complaint, Label, readSpec, type Spec } from '../../reports/run/index.ts'

const closed = { additionalProperties: false } as const
const Sentence = Type.String({ minLength: 1 })
const Names = Type.Optional(Type.Array(Sentence, { minItems: 1 }))
const Clock = Type.String({
  title: 'time of day',
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'such as 09:00',
})

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Within a day: whoever wants a night writes two. */
const Window = Type.Object(
  {
    days: Type.Array(Type.Enum([...DAYS]), { minItems: 1 }),
    from: Clock,
    to: Clock,
    timeZone: Type.Optional(
      Type.String({ description: 'an IANA name, such as Europe/Zurich; UTC when left out' }),
    ),
  },
  closed,
)

/** `gauntlet.policy.yaml`: what no experiment may break, and when. */
export const Policy = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('Policy'),
    metadata: Type.Object({ name: Label, title: Sentence, why: Sentence }, closed),
    spec: Type.Object(
      {
        protected: Type.Optional(
          Type.Object(
            {
              targets: Names,
              processes: Names,
              links: Names,
              containers: Names,
              labels: Type.Optional(
                Type.Record(Type.String(), Type.String(), { minProperties: 1, description: 'any of these' }),
              ),
            },
            closed,
          ),
        ),
        greatestShare: Type.Optional(
          Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0, maximum: 1 }), {
            description:
              'a label and a share: of the processes, and of the running containers, with one value of it, so many at most at once',
          }),
        ),
        windows: Type.Optional(Type.Array(Window, { minItems: 1 })),
        concurrency: Type.Optional(Type.Integer({ minimum: 1, description: 'faults that are on at once' })),
      },
      closed,
    ),
  },
  { ...closed, description: 'A policy' },
)

export type Policy = Static<typeof Policy>
export type PolicyWindow = Static<typeof Window>

/** Reads the text of a policy file: the policy, or everything that is wrong with it. */
export function parsePolicy(text: string, file: string): Spec<Policy> {
  const read = readSpec(Policy, text, file)
  if (read.value === undefined) return read
  const { document } = read
  const complaints: Complaint[] = (read.value.spec.windows ?? []).flatMap((window, n) => {
    const at = ['spec', 'windows', n]
    const isBackwards = window.from >= window.to
    return [
      ...(isBackwards
        ? [document.complaint([...at, 'to'], `"${window.to}" is not after "${window.from}"`, TWO_WINDOWS)]
        : []),
      ...(isTimeZone(window.timeZone)
        ? []
        : [document.complaint([...at, 'timeZone'], `unknown time zone "${window.timeZone}"`, ZONE)]),
    ]
  })
  return complaints.length > 0 ? { value: undefined, document, complaints } : read
}

const TWO_WINDOWS = { hint: 'write a night as two windows: until 23:59, and from 00:00' }
const ZONE = { hint: 'expected an IANA name, such as Europe/Zurich' }

function isTimeZone(timeZone = 'UTC'): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
