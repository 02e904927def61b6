import assert from 'node:assert/strict'
import { test } from 'node:test'
import { urlAt } from './url-at.ts'

test('a path stands below the path of its address', () => {
  assert.equal(urlAt('http://127.0.0.1:8080', '/'), 'http://127.0.0.1:8080/')
  assert.equal(urlAt('http://127.0.0.1:8080/app', '/health?a=1'), 'http://127.0.0.1:8080/app/health?a=1')
  assert.equal(urlAt('https://shop.test/eu/', '/'), 'https://shop.test/eu/')
})
