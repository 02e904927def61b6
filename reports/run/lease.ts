import { type Static, Type } from 'typebox'
import { RUN_ID_PATTERN } from './ids.ts'
import { HeldUndo } from './journal.ts'

const closed = { additionalProperties: false } as const
const pid = Type.Integer({ minimum: 2 })
const startedAt = Type.Integer({
  description: 'as in the target description, only ever compared for equality',
})

/** Who holds what is on, and every way back: written before a fault acts, so that anybody can take it back later. */
export const Lease = Type.Object(
  {
    schema: Type.Literal('gauntlet/lease/1'),
    run: Type.String({ pattern: RUN_ID_PATTERN }),
    /** the harness */
    pid,
    startedAt,
    /** as long as one of these lives, it takes back what the harness leaves */
    guardians: Type.Array(Type.Object({ pid, startedAt }, closed)),
    leaseMs: Type.Number({ exclusiveMinimum: 0 }),
    scratch: Type.String({ description: 'the folder of sockets, FIFOs and profiles of the run' }),
    /** in the order in which they were made */
    held: Type.Array(Type.Object({ id: Type.String(), undo: HeldUndo }, closed)),
  },
  { ...closed, description: 'What a run holds: .gauntlet/leases/RUN.json, gone when nothing is on' },
)

export type Lease = Static<typeof Lease>
export type HeldInLease = Lease['held'][number]
