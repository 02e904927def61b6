import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LighthouseResult, toFigures } from './figures.ts'

const RESULT: LighthouseResult = {
  audits: {
    'largest-contentful-paint': { numericValue: 812.5 },
    'cumulative-layout-shift': { numericValue: 0 },
    'unused-javascript': { numericValue: 300 },
    interactive: { errorMessage: 'no quiet moment' },
  },
  categories: { performance: { score: 0.97 } },
  environment: { benchmarkIndex: 2870 },
}

test('keeps the metrics that were measured, zero among them, and no other audit', () => {
  const { metrics, benchmarkIndex, error } = toFigures(RESULT)
  assert.deepEqual(metrics, {
    'largest-contentful-paint': 812.5,
    'cumulative-layout-shift': 0,
    'performance-score': 0.97,
  })
  assert.equal(benchmarkIndex, 2870)
  assert.equal(error, null)
})

test('a run-time error of Lighthouse is the reason, with its code, and takes all metrics away', () => {
  const figures = toFigures({ ...RESULT, runtimeError: { code: 'NO_FCP', message: 'nothing was painted' } })
  assert.equal(figures.error, 'NO_FCP: nothing was painted')
  assert.deepEqual(figures.metrics, {})
})

test('a result without a largest paint is a failed visit and says why', () => {
  const { audits } = RESULT
  const without = (paint: LighthouseResult['audits'][string]): string | null =>
    toFigures({ ...RESULT, audits: { ...audits, 'largest-contentful-paint': paint } }).error
  assert.equal(without({ errorMessage: 'NO_LCP' }), 'NO_LCP')
  assert.equal(without({}), 'Lighthouse gave no largest-contentful-paint')
})
