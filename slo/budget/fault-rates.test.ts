import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { test } from 'node:test'
import { parseFaultRates, parseTimes } from './fault-rates.ts'

const root = resolve(import.meta.dirname, '../..')
const SHIPPED = readFileSync(join(root, 'slo/catalog/fault-rates.yaml'), 'utf8')
const complaintsOf = (text: string) => parseFaultRates(text, 'fault-rates.yaml').complaints

test('the shipped rates can be read, and every shipped experiment has one', () => {
  const { value, complaints } = parseFaultRates(SHIPPED, 'fault-rates.yaml')
  assert.deepEqual(complaints, [])
  const experiments = globSync('chaos/catalog/*.experiment.yaml', { cwd: root })
  assert.ok(experiments.length > 0)
  for (const path of experiments) {
    const rate = value?.get(basename(path, '.experiment.yaml'))
    assert.ok(rate !== undefined && rate.perMonth > 0 && rate.why !== '', `${path} has no rate`)
  }
})

test('a process is lost weekly unless its experiment says otherwise', () => {
  const text = `${SHIPPED}    often: { times: 2/day, why: to test }\n`
  const { value } = parseFaultRates(text, 'fault-rates.yaml')
  assert.equal(value?.get('kill-order-worker')?.perMonth, 30 / 7)
  assert.deepEqual(value?.get('often'), { perMonth: 60, why: 'to test' })
})

const TIMES: readonly [text: string, perMonth: number | undefined][] = [
  ['1/day', 30],
  ['4/month', 4],
  ['0.5/quarter', 0.5 / 3],
  ['1/year', 30 / 365],
  ['0/week', 0],
  ['1440/day', 43_200],
  ['1441/day', undefined],
  ['4', undefined],
  ['-1/day', undefined],
  ['1e9/day', undefined],
  ['NaN/day', undefined],
  ['1/hour', undefined],
  [`${'9'.repeat(400)}/day`, undefined],
]

for (const [text, perMonth] of TIMES)
  test(`${text.slice(0, 12)} is ${perMonth === undefined ? 'no rate' : `${perMonth} in 30 days`}`, () =>
    assert.equal(parseTimes(text), perMonth))

test('an unknown kind is said with its place and the nearest one', () => {
  const [complaint] = complaintsOf(SHIPPED.replace('kind: process }', 'kind: proces }'))
  assert.equal(complaint?.message, 'unknown kind "proces"')
  assert.equal(complaint?.hint, 'nearest: process')
  assert.equal(complaint?.excerpt?.trim(), 'kill-order-worker: { kind: proces }')
})

test('a rate of more than one a minute is refused where it stands', () => {
  const [complaint] = complaintsOf(SHIPPED.replace('1/quarter', '9999/day'))
  assert.equal(complaint?.message, '"9999/day" is more than one a minute')
  assert.equal(complaint?.excerpt?.trim(), 'times: 9999/day')
})

test('all mistakes are said at once, and neither an empty file nor one that is no map is a crash', () => {
  const text = SHIPPED.replace('times: 1/year', 'times: seldom').replace('kind: FaultRates', 'kind: Faults')
  assert.deepEqual(
    complaintsOf(text).map(({ message }) => message),
    ['unknown kind "Faults"', '"seldom" is not a rate'],
  )
  for (const bad of ['', '[]', 'rates', '{', 'spec: { kinds: 1, experiments: [] }'])
    assert.ok(complaintsOf(bad).length > 0)
})
