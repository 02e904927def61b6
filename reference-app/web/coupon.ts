/** One found coupon, as `/api/search` gives it. */
export interface Coupon {
  readonly id: number
  readonly title: string
  readonly business: string
  readonly city: string
  readonly priceCents: number
  readonly featured: boolean
  /** Only when a place was searched around. */
  readonly distanceKm: number | null
}

const money = new Intl.NumberFormat('en-CH', { style: 'currency', currency: 'CHF' })

export function formatPrice(coupon: Coupon): string {
  return money.format(coupon.priceCents / 100)
}

export function formatPlace({ business, city, distanceKm }: Coupon): string {
  return distanceKm === null ? `${business}, ${city}` : `${business}, ${distanceKm.toFixed(1)} km away`
}
