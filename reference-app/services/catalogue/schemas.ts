import { type Static, Type } from 'typebox'

export const SearchQuery = Type.Object({
  q: Type.String({ default: '', maxLength: 100 }),
  near: Type.Optional(
    Type.String({
      pattern: '^-?\\d{1,2}(\\.\\d+)?,-?\\d{1,3}(\\.\\d+)?$',
      description: 'latitude,longitude',
    }),
  ),
  radiusKm: Type.Number({ default: 5, exclusiveMinimum: 0, maximum: 200 }),
  limit: Type.Integer({ default: 20, minimum: 1, maximum: 50 }),
})
export type SearchQuery = Static<typeof SearchQuery>

const summary = {
  id: Type.Integer(),
  title: Type.String(),
  business: Type.String(),
  city: Type.String(),
  priceCents: Type.Integer(),
  discountPercent: Type.Integer(),
  featured: Type.Boolean(),
}

export const SearchAnswer = Type.Object({
  items: Type.Array(Type.Object({ ...summary, distanceKm: Type.Union([Type.Number(), Type.Null()]) })),
})

export const CouponParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) })
export type CouponParams = Static<typeof CouponParams>

export const CouponAnswer = Type.Object({
  ...summary,
  description: Type.String(),
  lat: Type.Number(),
  lon: Type.Number(),
})
