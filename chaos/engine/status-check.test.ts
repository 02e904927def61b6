import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlannedCheck } from '../../reports/run/index.ts'
import type { Reading } from '../probes/index.ts'
import { outcomeOf } from './status-check.ts'

/** `+` held, `-` did not. */
async function* readings(signs: string): AsyncGenerator<Reading> {
  for (const [n, sign] of [...signs].entries())
    yield { held: sign === '+', seen: `${n}${sign}`, atUs: n, answeredAtUs: n }
}

for (const [mode, signs, expected, seen] of [
  ['synchronous', '--', false, '1-, 2 times in a row'],
  ['synchronous', '-+-+++---', true, '5+, 3 times in a row'],
  ['synchronous', '+-+-++', false, 'not known in its time; at last 5+'],
  ['continuous', '++++++', true, 'never 2 failures in a row; at last 5+'],
  ['continuous', '-+-+-', true, 'never 2 failures in a row; at last 4-'],
  ['continuous', '+++--+++', false, '4-, 2 times in a row'],
] satisfies [PlannedCheck['mode'], string, boolean, string][])
  test(`a ${mode} check that reads ${signs} has ${expected ? 'succeeded' : 'failed'}`, async () => {
    const known = await outcomeOf(readings(signs), { mode, successes: 3, failures: 2 })
    assert.deepEqual(known, { held: expected, seen })
  })

test('a check that was never asked is not known', async () => {
  assert.equal(await outcomeOf(readings(''), { mode: 'continuous', successes: 1, failures: 1 }), undefined)
})
