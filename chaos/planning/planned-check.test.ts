import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Target } from '../../reports/run/index.ts'
import type { HttpCheck } from '../model/timeline/http-check.ts'
import { whyNotChecked } from './planned-check.ts'

const target: Pick<Target, 'name' | 'addresses'> = {
  name: 'shop',
  addresses: { gateway: 'http://shop.test:8080/' },
}
const timed = (url: string) => ({ check: { url } as HttpCheck, path: ['well'], atMs: 0, forMs: 1000 })
const whyNot = (url: string): string | undefined => whyNotChecked(timed(url), target as Target)?.why

for (const url of [
  'http://127.0.0.1:7300/ready',
  'http://localhost/',
  'http://[::1]:80/',
  'https://shop.test/health',
])
  test(`a status check may ask ${url}`, () => assert.equal(whyNot(url), undefined))

for (const [failureThreshold, forMs, why] of [
  [3, 20_001, undefined],
  [3, 20_000, /in 20 s it is asked 2 times, and fails after 3/],
  [1, 1, undefined],
] as const)
  test(`a continuous check of ${forMs} ms that fails after ${failureThreshold} times of 10 s ${why ? 'is refused' : 'may fail'}`, () => {
    const { check, ...when } = timed('http://127.0.0.1/')
    const continuous = { ...check, mode: 'Continuous', intervalMs: 10_000, failureThreshold } as const
    const refused = whyNotChecked({ check: continuous, ...when, forMs }, target as Target)
    if (why === undefined) assert.equal(refused, undefined)
    else assert.match(refused?.why ?? '', why)
  })

for (const url of ['http://else.test/', 'http://127.0.0.1.else.test/', 'http://shop.test.else.test:8080/'])
  test(`a status check may not ask ${url}, which is no address of the target`, () =>
    assert.match(whyNot(url) ?? '', /which is no address of shop/))
