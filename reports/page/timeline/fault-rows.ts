import type { FaultSpan } from '../page-data.ts'

export interface PlacedFault {
  readonly fault: FaultSpan
  /** from 0, the topmost */
  readonly row: number
}

/** A row for each experiment, and one more wherever faults of the same one are on at the same time. */
export function faultRows(faults: readonly FaultSpan[]): PlacedFault[] {
  const rows: FaultSpan[] = []
  const placed: PlacedFault[] = []
  for (const own of Map.groupBy(faults, ({ experiment }) => experiment).values()) {
    const first = rows.length
    for (const fault of own.toSorted((a, b) => a.fromMs - b.fromMs)) {
      const free = rows.findIndex((last, row) => row >= first && last.toMs <= fault.fromMs)
      const row = free === -1 ? rows.length : free
      rows[row] = fault
      placed.push({ fault, row })
    }
  }
  return placed
}

/** How many rows they take. */
export const rowsOf = (faults: readonly FaultSpan[]): number =>
  Math.max(0, ...faultRows(faults).map(({ row }) => row + 1))
