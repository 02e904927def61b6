import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countsBy } from '../../testing/counts-by.ts'
import { readChunks } from '../read-results.ts'
import type { Results } from '../results.ts'

export const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures', name))

export function readText(text: string | Buffer, names: readonly string[] = []): Promise<Results> {
  return readChunks([Buffer.from(text)], 'results', { thresholdsMs: [100], names })
}

/** How many there are by `measure scenario name outcome`. */
export function countsOf({ load }: Results): Record<string, number> {
  return countsBy(load, ({ measure, scenario, name, outcome }) => `${measure} ${scenario} ${name} ${outcome}`)
}

/** How many were slower than 100 ms, by `scenario name outcome`: requests and iterations only. */
export function slowOf({ load }: Results): Record<string, number> {
  const slow: Record<string, number> = {}
  for (const { series } of load)
    for (const { measure, scenario, name, outcome, over } of series) {
      if (measure !== 'request' && measure !== 'iteration') continue
      const key = `${scenario} ${name} ${outcome}`
      slow[key] = (slow[key] ?? 0) + (over['100'] ?? 0)
    }
  return slow
}
