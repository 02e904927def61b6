import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../platform/failure.ts'
import { parseOptions } from './options.ts'

test('nothing given means the default block and folder', () => {
  assert.deepEqual(parseOptions([]), {
    ...{ port: undefined, data: undefined, describe: false, skewableClocks: false, help: false },
  })
})

test('refuses with exit code 2 what is no port, and what it does not know', () => {
  for (const args of [
    ['--port', 'x'],
    ['--port', '80'],
    ['--port', '65520'],
    ['--prot', '7300'],
    ['start'],
  ]) {
    assert.throws(
      () => parseOptions(args),
      (error) => error instanceof Failure && error.exitCode === 2,
      args.join(' '),
    )
  }
})
