import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { HeldUndo, jsonOf } from '../../../reports/run/index.ts'

const closed = { additionalProperties: false } as const

/** A process that we started: it is ended when the harness is gone. */
const HeldProcess = Type.Object(
  {
    kind: Type.Literal('process'),
    pid: Type.Integer({ minimum: 2 }),
    startedAt: Type.Integer(),
    group: Type.Boolean(),
  },
  closed,
)

export const Held = Type.Union([HeldProcess, HeldUndo])

const CarrierName = Type.Enum(['proxy', 'resolver', 'stress'])

/** One line from the harness to the guardian. */
export const ToGuardian = Type.Union([
  Type.Object({ hold: Type.Object({ id: Type.String(), held: Held }, closed) }, closed),
  Type.Object({ release: Type.String() }, closed),
  /** the harness is alive: its lease begins anew */
  Type.Object({ beat: Type.Integer() }, closed),
  /** a process that carries faults is wanted: `cli/entries/NAME.ts` */
  Type.Object({ start: CarrierName }, closed),
  Type.Object({ bye: Type.Literal(true) }, closed),
])

/** One line back: the hold, the release or the beat of this id is done; a carrier listens there, or why it does not. */
export const FromGuardian = Type.Union([
  Type.Object({ done: Type.String() }, closed),
  Type.Object({ started: CarrierName, url: Type.String() }, closed),
  Type.Object({ notStarted: CarrierName, why: Type.String() }, closed),
])

export type Held = Static<typeof Held>
export type HeldProcess = Static<typeof HeldProcess>
export type CarrierName = Static<typeof CarrierName>
export type ToGuardian = Static<typeof ToGuardian>
export type FromGuardian = Static<typeof FromGuardian>

const toGuardian = Compile(ToGuardian)
const fromGuardian = Compile(FromGuardian)

/** Checked before it is sent: the guardian itself loads no schema. */
export const isToGuardian = (message: unknown): message is ToGuardian => toGuardian.Check(message)

export function readFromGuardian(line: string): FromGuardian | undefined {
  const value = jsonOf(line)
  return fromGuardian.Check(value) ? value : undefined
}
