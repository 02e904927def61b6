import { availableParallelism } from 'node:os'
import type { StressWanted } from '../drivers/local/stress/index.ts'
import type { StressSeen } from './stress-book.ts'

/** Two looks at the carrier, and what it held of memory when nothing was wanted. */
export interface Looks {
  readonly earlier: StressSeen['measured']
  readonly later: StressSeen['measured']
  readonly idleBytes: number
}

interface Compared {
  readonly isAsWanted: boolean
  readonly seen: string
}

export const RESOURCES = ['cpu', 'memory', 'descriptors', 'disk'] as const
type Resource = (typeof RESOURCES)[number]

/** Of one core, for each that is to be busy. */
const CPU_TOLERANCE_RATIO = 0.1
const BYTES_TOLERANCE_RATIO = 0.1
/** By so much the memory that the carrier needs for itself may grow. */
export const OWN_BYTES = 32 * 1024 * 1024

/** What the system says of the carrier, against what is wanted of it; of what is not wanted: nothing. */
export function compare(resource: Resource, wanted: StressWanted, looks: Looks): Compared {
  const { later, idleBytes } = looks
  switch (resource) {
    case 'cpu':
      return busyCores(wanted, looks)
    case 'memory': {
      const wantedBytes = wanted.memory?.bytes ?? 0
      return within(later.residentBytes - idleBytes, wantedBytes, 'of memory more than before', OWN_BYTES)
    }
    case 'descriptors': {
      const count = wanted.descriptors?.count ?? 0
      return {
        isAsWanted: later.descriptors === count,
        seen: `${later.descriptors} descriptors are held open (${count} wanted)`,
      }
    }
    case 'disk':
      return within(later.diskBytes, wanted.disk?.bytes ?? 0, 'on the disk', 0)
    default:
      return resource satisfies never
  }
}

/** Δ processor time / Δ time; a machine cannot give more cores than it has. */
function busyCores({ cpu }: StressWanted, { earlier, later }: Looks): Compared {
  const busy = (later.cpuSeconds - earlier.cpuSeconds) / (later.atSeconds - earlier.atSeconds)
  const threads = Math.min(cpu?.workers ?? 0, availableParallelism())
  const expected = (threads * (cpu?.loadPercent ?? 0)) / 100
  return {
    isAsWanted: Math.abs(busy - expected) <= CPU_TOLERANCE_RATIO * Math.max(1, threads),
    seen: `${busy.toFixed(2)} cores are kept busy (${expected.toFixed(2)} wanted)`,
  }
}

function within(bytes: number, wantedBytes: number, where: string, ownBytes: number): Compared {
  const tolerance = BYTES_TOLERANCE_RATIO * wantedBytes
  // what is wanted must be there all of it, and not what the carrier needs for itself in its place
  const isEnough = wantedBytes === 0 || bytes >= wantedBytes - tolerance
  return {
    isAsWanted: isEnough && bytes <= wantedBytes + tolerance + ownBytes,
    seen: `${mebibytes(bytes)} ${where} (${mebibytes(wantedBytes)} wanted)`,
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`
