import { type Static, Type } from 'typebox'

/** PostgreSQL's text holds every character but this one; in a header it does not get past Node. */
const withoutNul = '^[^\\u0000]*$'

export const OrderBody = Type.Object(
  {
    couponId: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }),
    memberId: Type.String({ minLength: 1, maxLength: 64, pattern: withoutNul }),
  },
  { additionalProperties: false },
)
export type OrderBody = Static<typeof OrderBody>

export const OrderHeaders = Type.Object({
  'idempotency-key': Type.String({ minLength: 8, maxLength: 128 }),
})
export type OrderHeaders = Static<typeof OrderHeaders>

export const OrderParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64, pattern: withoutNul }),
})
export type OrderParams = Static<typeof OrderParams>

export const OrderAnswer = Type.Object({
  id: Type.String(),
  couponId: Type.Integer(),
  memberId: Type.String(),
  state: Type.Enum(['accepted', 'done']),
  acceptedAt: Type.String(),
  doneAt: Type.Union([Type.String(), Type.Null()]),
  voucher: Type.Union([Type.String(), Type.Null()]),
})
