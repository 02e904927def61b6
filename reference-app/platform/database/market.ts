import { Random } from './random.ts'
import { cities, offers, places, praises, surnames, trades } from './words.ts'

export interface Business {
  readonly id: number
  readonly name: string
  readonly city: string
  readonly lat: number
  readonly lon: number
  readonly goods: readonly string[]
}

export interface Coupon {
  readonly id: number
  readonly business: Business
  readonly title: string
  readonly description: string
  readonly priceCents: number
  readonly discountPercent: number
  readonly featured: boolean
}

export interface Market {
  readonly businesses: readonly Business[]
  readonly coupons: readonly Coupon[]
}

export interface MarketSize {
  readonly seed: number
  readonly businesses: number
  readonly coupons: number
}

/** The size that Plaza is seeded with. */
export const plazaMarket: MarketSize = { seed: 20261121, businesses: 1_000, coupons: 20_000 }

/** The same market for the same seed, on every machine. */
export function makeMarket(size: MarketSize): Market {
  const random = new Random(size.seed)
  const businesses = Array.from({ length: size.businesses }, (_, index) => makeBusiness(index + 1, random))
  const coupons = Array.from({ length: size.coupons }, (_, index) =>
    makeCoupon(index + 1, random.pick(businesses), random),
  )
  return { businesses, coupons }
}

function makeBusiness(id: number, random: Random): Business {
  const city = random.pick(cities)
  const trade = random.pick(trades)
  return {
    id,
    name: `${random.pick(surnames)}'s ${trade.kind} ${random.pick(places)}`,
    city: city.name,
    // Degrees: a spread of 0.04 puts most shops within 5 km of the centre.
    lat: round(city.lat + random.around(0.04)),
    lon: round(city.lon + random.around(0.06)),
    goods: trade.goods,
  }
}

function makeCoupon(id: number, business: Business, random: Random): Coupon {
  const good = random.pick(business.goods)
  const discountPercent = random.whole(2, 12) * 5
  return {
    id,
    business,
    title: capitalise(`${good} ${random.pick(offers)}: ${discountPercent}% off`),
    description: `${capitalise(random.pick(praises))} and ${random.pick(praises)}, in ${business.city}.`,
    priceCents: random.whole(8, 160) * 50,
    discountPercent,
    featured: random.next() < 0.05,
  }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
