import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const

export const CpuWanted = Type.Object(
  {
    workers: Type.Integer({ minimum: 1, maximum: 256 }),
    /** of one core each */
    loadPercent: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
  },
  closed,
)

export const MemoryWanted = Type.Object({ bytes: Type.Integer({ minimum: 1 }) }, closed)

export const DescriptorsWanted = Type.Object({ count: Type.Integer({ minimum: 1 }) }, closed)

export const DiskWanted = Type.Object(
  {
    folder: Type.String({ pattern: '^/', description: 'an absolute path that the target names' }),
    bytes: Type.Integer({ minimum: 1 }),
  },
  closed,
)

/** What the machine shall be burdened with. What is left out is let go of. */
export const StressWanted = Type.Object(
  {
    cpu: Type.Optional(CpuWanted),
    memory: Type.Optional(MemoryWanted),
    descriptors: Type.Optional(DescriptorsWanted),
    disk: Type.Optional(DiskWanted),
  },
  { ...closed, description: 'Body of PUT /stress' },
)

export type CpuWanted = Static<typeof CpuWanted>
export type MemoryWanted = Static<typeof MemoryWanted>
export type DescriptorsWanted = Static<typeof DescriptorsWanted>
export type DiskWanted = Static<typeof DiskWanted>
export type StressWanted = Static<typeof StressWanted>

/** What the system says of the carrier, on or off. */
export interface StressMeasured {
  /** when it was measured, by a clock that never goes back */
  readonly atSeconds: number
  /** processor time of all threads of the carrier since it started: what it grows by in a second is the load */
  readonly cpuSeconds: number
  /** memory of the carrier that is resident, what it needs for itself included */
  readonly residentBytes: number
  readonly descriptors: number
  /** blocks given to the file that fills the disk */
  readonly diskBytes: number
}
