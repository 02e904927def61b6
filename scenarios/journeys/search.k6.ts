import { check } from 'k6'
import http from 'k6/http'
import { pick } from './pick.ts'

const WORDS = [
  'pizza',
  'espresso',
  'sushi',
  'massage',
  'yoga',
  'novel',
  'roses',
  'croissant',
  'popcorn',
] as const
/** Zurich, Bern, Basel, Geneva, Vienna, Munich */
const CENTRES = [
  '47.377,8.542',
  '46.948,7.447',
  '47.560,7.589',
  '46.204,6.143',
  '48.208,16.374',
  '48.135,11.582',
] as const

/** A member looks for something nearby. */
export default function search(): void {
  const base = __ENV['GAUNTLET_URL_GATEWAY']
  const reply = http.get(`${base}/api/search?q=${pick(WORDS)}&near=${pick(CENTRES)}&radiusKm=5&limit=20`, {
    tags: { name: 'search' },
    timeout: '10s',
  })
  check(reply, { 'search answers with results': ({ status, body }) => status === 200 && listsResults(body) })
}

/** Looked for in the text: parsing every reply would cost k6 more than the request. Each of these searches has hits. */
function listsResults(body: unknown): boolean {
  return typeof body === 'string' && body.includes('"items":[{')
}
