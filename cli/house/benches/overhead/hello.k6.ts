import { check } from 'k6'
import http from 'k6/http'

export default function hello(): void {
  const reply = http.get(`${__ENV.GAUNTLET_URL_SHOP}/`, { tags: { name: 'hello' }, timeout: '10s' })
  check(reply, { 'status is 200': ({ status }) => status === 200 })
}
