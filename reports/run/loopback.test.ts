import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOnThisMachine } from './loopback.ts'

for (const [addresses, isHere] of [
  [{ site: 'http://127.0.0.1:8080' }, true],
  [{ site: 'https://localhost/eu', live: 'ws://[::1]:9', queue: 'tcp://127.0.0.2:5' }, true],
  [{ site: 'https://staging.test' }, false],
  [{ site: 'http://127.0.0.1:8080', api: 'https://staging.test' }, false],
  [{ site: 'http://localhost.staging.test' }, false],
  [{ site: 'http://127.0.0.1@staging.test' }, false],
  [{}, false],
] as const)
  test(`a target at ${Object.values(addresses).join(' and ') || 'no address'} is ${isHere ? '' : 'not known to be '}here`, () =>
    assert.equal(isOnThisMachine({ addresses }), isHere))
