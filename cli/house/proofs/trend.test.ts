import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALLOWED_BYTES_PER_SECOND, readSeries, WARM_UP_SECONDS } from './trend/series.ts'
import { proof } from './trend.ts'

const series = readSeries()

test('50 healthy and 50 leaking processes were recorded, each for four minutes after its warm-up', () => {
  const times = series.map(({ leakBytesPerSecond }) => leakBytesPerSecond / ALLOWED_BYTES_PER_SECOND)
  const leaking = times.filter((one) => one > 0)
  assert.equal(leaking.length, 50)
  assert.equal(times.length, 100)
  assert.ok(Math.min(...leaking) > 1 && Math.min(...leaking) < 1.1 && Math.max(...leaking) === 10)
  for (const { troughsKb } of series) {
    assert.equal(troughsKb.length, WARM_UP_SECONDS + 240)
    assert.ok(troughsKb.filter((one) => one === null).length <= 3)
  }
})

test('a twentieth of the proof: no series is judged wrongly', async () => {
  for (const index of [0, 1, 30, 31, 99]) {
    const { leaking, verdict } = await proof.trial(proof.seed + index, index)
    assert.notEqual(verdict, leaking ? 'met' : 'violated')
  }
})

type Row = readonly [
  healthyWrong: number,
  healthyDecided: number,
  leakingWrong: number,
  leakingDecided: number,
]
const rows: readonly (readonly [row: Row, verdict: 'met' | 'violated'])[] = [
  [[0, 50, 0, 50], 'met'],
  [[1, 45, 1, 45], 'met'],
  [[2, 50, 0, 50], 'violated'],
  [[0, 50, 2, 50], 'violated'],
  [[0, 44, 0, 50], 'violated'],
  [[0, 50, 0, 44], 'violated'],
]
for (const [row, verdict] of rows) {
  const [healthyWrong, healthyDecided, leakingWrong, leakingDecided] = row
  test(`${healthyWrong} of ${healthyDecided} decided healthy and ${leakingWrong} of ${leakingDecided} leaking wrong: ${verdict}`, () => {
    const kind = (leaking: boolean, wrong: number, decided: number) =>
      Array.from({ length: 50 }, (_, n) => {
        if (n >= decided) return { leaking, verdict: 'inconclusive' }
        return { leaking, verdict: n < wrong === leaking ? 'met' : 'violated' }
      })
    const results = [
      ...kind(false, healthyWrong, healthyDecided),
      ...kind(true, leakingWrong, leakingDecided),
    ]
    assert.equal(proof.conclude(results).verdict, verdict)
  })
}
