import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Check } from 'typebox/value'
import { Config } from './config.ts'

const isTaken = (toxiproxy: string): boolean => Check(Config, { target: {}, chaos: { toxiproxy } })

test('a Toxiproxy on this machine is taken, one elsewhere is not', () => {
  for (const here of ['http://127.0.0.1:8474', 'http://localhost:8474/', 'http://[::1]:8474'])
    assert.ok(isTaken(here), here)
  for (const elsewhere of ['http://10.0.0.5:8474', 'http://localhost.example:8474', 'https://127.0.0.1:8474'])
    assert.ok(!isTaken(elsewhere), elsewhere)
})
