import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { makeMarket, plazaMarket } from './market.ts'
import { seedVersion } from './seed.ts'
import { cities } from './words.ts'

const market = makeMarket(plazaMarket)

// A changed market with the old version would leave kept data folders with the old rows.
test('the seeded market is the one of this seed version, to the last letter', () => {
  const digest = createHash('sha256').update(JSON.stringify(market)).digest('hex').slice(0, 16)
  assert.deepEqual([seedVersion, digest], [2, '77a89b1e931eab3a'])
})

test('has 1,000 businesses and 20,000 coupons, numbered from 1', () => {
  assert.equal(market.businesses.length, 1_000)
  assert.equal(market.coupons.length, 20_000)
  assert.deepEqual([market.coupons[0]?.id, market.coupons.at(-1)?.id], [1, 20_000])
})

test('every business lies within 20 km of its city', () => {
  for (const business of market.businesses) {
    const city = cities.find(({ name }) => name === business.city)
    assert.ok(city && Math.abs(city.lat - business.lat) < 0.1 && Math.abs(city.lon - business.lon) < 0.15)
  }
})

test('about one coupon in twenty is featured', () => {
  const featured = market.coupons.filter((coupon) => coupon.featured).length
  assert.ok(featured > 800 && featured < 1_200, String(featured))
})
