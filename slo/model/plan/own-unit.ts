import type { Limit } from '../../../reports/run/index.ts'

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
}

interface Valued {
  readonly limit: Limit
  /** of a value that is no time; empty when it has none */
  readonly unit: string
}

/** What is recorded in bytes (its name ends so) is compared in bytes, in whatever unit of them the limit is written. */
export function inOwnUnit(name = '', limit: Limit, unit = ''): Valued {
  const factor = BYTES[unit]
  if (!name.endsWith('bytes') || factor === undefined) return { limit, unit }
  return { limit: { ...limit, value: limit.value * factor }, unit: 'B' }
}
