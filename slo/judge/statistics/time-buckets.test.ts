import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutInBuckets, foldBucket } from './time-buckets.ts'

const series = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer()), { minLength: 2, maxLength: 300 })
  .map((pairs) => pairs.map(([atMs, value]) => ({ atMs, value })).sort((a, b) => a.atMs - b.atMs))

test('each point is in one bucket, in its order, and no bucket is longer than its share of the time', () =>
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 40 }), (points, count) => {
      if (points[0]!.atMs === points.at(-1)!.atMs) return
      const buckets = cutInBuckets(points, count)
      assert.deepEqual(buckets.flat(), points)
      const lengthMs = points.at(-1)!.atMs - points[0]!.atMs
      for (const bucket of buckets)
        assert.ok(bucket.at(-1)!.atMs - bucket[0]!.atMs <= lengthMs / count + 1e-6)
    }),
  ))

test('a mean lies between the least and the greatest, and the least is one of the points', () =>
  fc.assert(
    fc.property(series, (points) => {
      const values = points.map(({ value }) => value)
      const mean = foldBucket(points, 'mean')
      assert.ok(mean.value >= Math.min(...values) - 1e-6 && mean.value <= Math.max(...values) + 1e-6)
      assert.ok(points.includes(foldBucket(points, 'least')))
      assert.equal(foldBucket(points, 'least').value, Math.min(...values))
    }),
  ))
