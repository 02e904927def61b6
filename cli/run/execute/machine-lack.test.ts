import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MachineLimits } from '../../../reports/run/index.ts'
import type { MachineHealth } from '../../process/machine-health.ts'
import { lackOf } from './machine-lack.ts'

const GiB = 2 ** 30

/** After a second in which gauntlet waited 200 ms for a processor. */
function lack(limits: MachineLimits, more: Partial<MachineHealth> = {}): string {
  const health = { memoryFreeBytes: GiB, diskFreeBytes: GiB, processorWaitMs: 300, ...more }
  const before = { atUs: 5e6, health: { ...health, processorWaitMs: 100 } }
  return lackOf(limits, before, { atUs: 6e6, health })
}

const ROWS: readonly (readonly [MachineLimits, Partial<MachineHealth>, string])[] = [
  [{ memoryFreeAtLeastBytes: GiB }, {}, ''],
  [{ memoryFreeAtLeastBytes: GiB + 1 }, {}, '1 GiB of memory free, less than 1 GiB'],
  [{ diskFreeAtLeastBytes: GiB }, {}, ''],
  [{ diskFreeAtLeastBytes: 2 * GiB }, {}, '1 GiB of disk free, less than 2 GiB'],
  [{ diskFreeAtLeastBytes: 1 }, { diskFreeBytes: null }, 'nobody tells how much disk is free'],
  [{ processorWaitAtMostRatio: 0.2 }, {}, ''],
  [
    { processorWaitAtMostRatio: 0.19 },
    {},
    'gauntlet waited 20 % of the time for a processor, more than 19 %',
  ],
  [
    { processorWaitAtMostRatio: 0.5 },
    { processorWaitMs: null },
    'nobody tells how long gauntlet waits for a processor',
  ],
]

for (const [limits, health, said] of ROWS)
  test(`${JSON.stringify(limits)} with ${JSON.stringify(health)} lacks "${said}"`, () => {
    assert.equal(lack(limits, health), said)
  })

test('all that is lacking is told', () => {
  const said = lack({ memoryFreeAtLeastBytes: 2 * GiB, diskFreeAtLeastBytes: 2 * GiB })
  assert.equal(said, '1 GiB of memory free, less than 2 GiB, 1 GiB of disk free, less than 2 GiB')
})
