import { check } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter } from 'k6/metrics'
import { pickId } from './pick.ts'

const orders = new Counter('orders')

/** A member orders a coupon; the id that the platform acknowledges is noted, so that its fate can be asked for later. */
export default function order(): void {
  const body = JSON.stringify({ couponId: pickId(20_000), memberId: `member-${pickId(5_000)}` })
  const reply = http.post(`${__ENV['GAUNTLET_URL_GATEWAY']}/api/orders`, body, {
    headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
    tags: { name: 'order' },
    timeout: '10s',
  })
  check(reply, { 'order is accepted': ({ status }) => status === 202 })
  if (reply.status === 202) acknowledge(String(reply.json('id')))
}

/** Encoded, because k6 writes metadata without escaping. */
function acknowledge(id: string): void {
  exec.vu.metrics.metadata['ack'] = encodeURIComponent(id)
  orders.add(1)
  delete exec.vu.metrics.metadata['ack']
}

function newKey(): string {
  return `${Date.now()}-${exec.vu.idInTest}-${exec.vu.iterationInInstance}-${pickId(1_000_000)}`
}
