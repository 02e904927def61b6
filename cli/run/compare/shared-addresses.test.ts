import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GauntletError, type SideName } from '../../../reports/run/index.ts'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { refuseSharedAddresses, refuseSharedBefore } from './shared-addresses.ts'
import type { Side } from './sides.ts'

const PORT = { flag: '--port', count: 1 }

function side(name: SideName, address: string, more: Partial<Side> = {}): Side {
  const target = { ...RECORDED_PLAN.target, addresses: { front: address, [name]: `http://${name}.test` } }
  return { side: name, given: name, path: `/${name}`, root: '/', config: {}, target, ...more }
}

const refusal = (base: string, head: string, more: Partial<Side> = {}): string => {
  const sides = { base: side('base', base, more), head: side('head', head, more) }
  try {
    refuseSharedAddresses(sides, { base: sides.base.target, head: sides.head.target })
    return ''
  } catch (error) {
    assert.ok(error instanceof GauntletError)
    return error.message
  }
}

const SAME = [
  ['http://127.0.0.1:29400', 'http://127.0.0.1:29400'],
  ['http://localhost:29400/', 'http://127.0.0.1:29400'],
  ['http://[::1]:29400', 'ws://0.0.0.0:29400'],
  ['https://shop.test', 'https://shop.test:443/'],
] as const
for (const [base, head] of SAME)
  test(`two sides at ${base} and ${head} are one, and refused`, () => {
    assert.equal(refusal(base, head), `base and head are both at ${head}`)
  })

const OTHER = [
  ['http://127.0.0.1:29400', 'http://127.0.0.1:29401'],
  ['http://one.test:80', 'http://two.test:80'],
  ['http://proxy.test/base', 'http://proxy.test/head'],
  ['http://shop.test', 'https://shop.test'],
] as const
for (const [base, head] of OTHER)
  test(`two sides at ${base} and ${head} are two`, () => assert.equal(refusal(base, head), ''))

test('one running target given twice is meant so, one build given twice is not', () => {
  const [address] = SAME[0]
  assert.equal(refusal(address, address, { path: '/target.json' }), '')
  const start = { command: ['true'], port: PORT }
  assert.notEqual(refusal(address, address, { path: '/', config: { start } }), '')
})

test('before the start a build that will be moved is believed only what it fixes itself', () => {
  const start = { command: ['true'], port: PORT }
  const both = (config: Side['config']) => ({
    base: side('base', 'http://127.0.0.1:29400', { config }),
    head: side('head', 'http://127.0.0.1:29400', { config }),
  })
  assert.doesNotThrow(() => refuseSharedBefore(both({ start })))
  assert.throws(() => refuseSharedBefore(both({ start, description: {} })), { code: 'SAME_ADDRESS' })
  assert.throws(() => refuseSharedBefore(both({ description: {} })), { code: 'SAME_ADDRESS' })
})
