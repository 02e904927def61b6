import type pg from 'pg'
import { toPoint } from '../earth.ts'
import { type Coupon, type Market, makeMarket, plazaMarket } from './market.ts'
import { indexSql, schemaSql } from './schema.ts'

/** Raise it whenever the schema or the seeded rows change: kept data folders are then built anew. */
export const seedVersion = 2

const rowsPerStatement = 5_000

/** Creates the tables in an empty database and fills them. One transaction: half a seed is no seed. */
export async function seed(client: pg.Client): Promise<void> {
  const market = makeMarket(plazaMarket)
  await client.query('begin')
  await client.query(schemaSql)
  await insertBusinesses(client, market)
  for (let from = 0; from < market.coupons.length; from += rowsPerStatement) {
    await insertCoupons(client, market.coupons.slice(from, from + rowsPerStatement))
  }
  await client.query(indexSql)
  await client.query('commit')
  await client.query('vacuum analyze')
}

async function insertBusinesses(client: pg.Client, { businesses }: Market): Promise<void> {
  await client.query(
    `insert into businesses (id, name, city, lat, lon)
     select * from unnest($1::int[], $2::text[], $3::text[], $4::float8[], $5::float8[])`,
    [
      businesses.map((business) => business.id),
      businesses.map((business) => business.name),
      businesses.map((business) => business.city),
      businesses.map((business) => business.lat),
      businesses.map((business) => business.lon),
    ],
  )
}

async function insertCoupons(client: pg.Client, coupons: readonly Coupon[]): Promise<void> {
  await client.query(
    `insert into coupons (id, business_id, title, description, price_cents, discount_percent, featured,
       position, business_name, city, lat, lon)
     select c.*, b.name, b.city, b.lat, b.lon
     from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::int[], $6::int[], $7::bool[], $8::cube[])
       as c (id, business_id, title, description, price_cents, discount_percent, featured, position)
     join businesses b on b.id = c.business_id`,
    [
      coupons.map((coupon) => coupon.id),
      coupons.map((coupon) => coupon.business.id),
      coupons.map((coupon) => coupon.title),
      coupons.map((coupon) => coupon.description),
      coupons.map((coupon) => coupon.priceCents),
      coupons.map((coupon) => coupon.discountPercent),
      coupons.map((coupon) => coupon.featured),
      coupons.map(({ business }) => toPoint(business.lat, business.lon)),
    ],
  )
}
