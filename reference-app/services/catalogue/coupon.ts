import type pg from 'pg'

export interface Coupon {
  readonly id: number
  readonly title: string
  readonly description: string
  readonly business: string
  readonly city: string
  readonly lat: number
  readonly lon: number
  readonly priceCents: number
  readonly discountPercent: number
  readonly featured: boolean
}

const text = `
  select id, title, description, business_name as business, city, lat, lon, price_cents as "priceCents",
    discount_percent as "discountPercent", featured
  from coupons where id = $1`

export async function findCoupon(pool: pg.Pool, id: number): Promise<Coupon | undefined> {
  const result = await pool.query<Coupon>({ name: 'coupon', text, values: [id] })
  return result.rows[0]
}
