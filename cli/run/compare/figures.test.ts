import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ComparedBlock } from '../../../reports/run/index.ts'
import { ALPHA } from '../../../slo/judge/statistics/bad-ratio.ts'
import { pairedFigure } from './figures.ts'

const PLANNED = 30

/** A figure of as many pairs as there are log-ratios. */
function figureOf(logRatios: readonly number[]) {
  const blocks = logRatios.flatMap((ratio, pair): ComparedBlock[] => [
    {
      schema: 'gauntlet/block/1',
      index: 2 * pair,
      side: 'base',
      pair,
      cpuSeconds: 1,
      answered: 1,
      series: [],
    },
    {
      ...{ schema: 'gauntlet/block/1', index: 2 * pair + 1, side: 'head', pair, answered: 1, series: [] },
      cpuSeconds: Math.exp(ratio),
    },
  ])
  return pairedFigure({ what: 'cpu', tolerance: 0.02 }, { blocks, planned: PLANNED }, ({ cpuSeconds }) => ({
    value: cpuSeconds ?? 0,
    events: 1,
  }))
}

const evenly = (pairs: number, step: number): number[] =>
  Array.from({ length: pairs }, (_, n) => (n - (pairs - 1) / 2) * step)

test('of a longer comparison as many pairs would lack the figure: it is planned with them', () => {
  // 27 pairs are bounded by their 20th, six steps above the median: 27 × (6 × 0.0034 ÷ 0.0198)² = 28.7
  const figure = figureOf(evenly(27, 0.0034))
  assert.ok(!figure.isNoRegression())
  assert.equal(figure.needsPairs(ALPHA), 33)
})
