import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goDurationMs } from './duration.ts'
import { bytesPerSecond } from './rate.ts'
import { shareRatio, sizeBytes } from './size.ts'

for (const [text, ms] of [
  ['1h30m', 5_400_000],
  ['100ms', 100],
  ['1.5s', 1500],
  ['.5s', 500],
  ['250us', 0.25],
  ['1µs', 0.001],
  ['-2h45m', -9_900_000],
  ['0', 0],
  ['0.1s', 100],
] as const)
  test(`a duration of ${text} is ${ms} ms`, () => assert.equal(goDurationMs(text), ms))

for (const text of ['', '5', 's', '1d', '1 s', '1h30', '--1s', '1s-1s', '1e3s'])
  test(`"${text}" is no duration, as to Go`, () => assert.equal(goDurationMs(text), undefined))

for (const [text, bytes] of [
  ['256MB', 256_000_000],
  ['256M', 256_000_000],
  ['1Gi', 1_073_741_824],
  ['1GiB', 1_073_741_824],
  ['1.5KiB', 1536],
  ['10 kb', 10_000],
  ['42', 42],
  ['42b', 42],
] as const)
  test(`a size of ${text} is ${bytes} bytes`, () => assert.equal(sizeBytes(text), bytes))

for (const text of ['', '-1', '1XB', 'MB', '50%', '1.2.3M'])
  test(`"${text}" is no size`, () => assert.equal(sizeBytes(text), undefined))

test('a share is a ratio, up to the whole', () =>
  assert.deepEqual(['50%', '100%', '0%', '101%', '50'].map(shareRatio), [0.5, 1, 0, undefined, undefined]))

for (const [text, perSecond] of [
  ['100bps', 100],
  ['1kbps', 1024],
  ['1mbps', 1_048_576],
  ['2GBPS', 2_147_483_648],
  ['1 tbps', 1_099_511_627_776],
] as const)
  test(`a rate of ${text} is ${perSecond} bytes a second`, () =>
    assert.equal(bytesPerSecond(text), perSecond))

for (const text of ['1mbit', '1.5mbps', 'mbps', '-1bps', '1'])
  test(`"${text}" is no rate`, () => assert.equal(bytesPerSecond(text), undefined))
