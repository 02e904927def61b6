import { check } from 'k6'
import http from 'k6/http'
import { pickId } from './pick.ts'

/** A member opens one coupon. */
export default function coupon(): void {
  const reply = http.get(`${__ENV['GAUNTLET_URL_GATEWAY']}/api/coupons/${pickId(20_000)}`, {
    tags: { name: 'coupon' },
    timeout: '10s',
  })
  check(reply, { 'coupon is shown': ({ status }) => status === 200 })
}
