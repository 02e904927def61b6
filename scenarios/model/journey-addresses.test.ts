import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressReads, addressVariable } from './journey-addresses.ts'

test('the addresses that a journey reads are found with their places, and none of a comment', () => {
  const text = `import http from 'k6/http'
// __ENV.GAUNTLET_URL_OLD
export default () => {
  http.get(\`\${__ENV['GAUNTLET_URL_WEB_FRONT']}/\${__ENV.GAUNTLET_URL_B}\`)
  http.get(__ENV.OTHER)
  http.get(__ENV.GAUNTLET_URL_C ?? 'http://c', __ENV['GAUNTLET_URL_D'] || 'http://d')
}`
  assert.deepEqual(
    addressReads(text).map(({ variable, line, column }) => [variable, line, column]),
    [
      ['GAUNTLET_URL_WEB_FRONT', 4, 22],
      ['GAUNTLET_URL_B', 4, 56],
    ],
  )
  assert.equal(addressVariable('web-front'), 'GAUNTLET_URL_WEB_FRONT')
})
