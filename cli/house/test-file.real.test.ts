import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', `${name}.test.ts`)
// node:test refuses to run tests from within a test, which it knows by this name.
const { NODE_TEST_CONTEXT: _, ...environment } = process.env

let exitCode = 0

function node(...args: string[]): Promise<string> {
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env: environment }, (error, stdout) => {
      exitCode = Number(error?.code ?? 0)
      resolve(stdout)
    }),
  )
}

/** Runs `npm test -- FILE` as a person would. */
async function npmTest(name: string): Promise<{ code: number; lines: string[] }> {
  const stdout = await node(join(import.meta.dirname, 'test.ts'), fixture(name))
  return { code: exitCode, lines: stdout.trimEnd().split('\n') }
}

test('counts each leaf once, and a parent only when it failed by itself', async () => {
  const { code, lines } = await npmTest('every-ending')
  assert.equal(lines.at(-1), '4 passed, 6 failed, 2 skipped')
  assert.equal(code, 1)
})

test('names the file, the test and the error of a failure, and the reason of a skip', async () => {
  const text = (await npmTest('every-ending')).lines.join('\n')
  assert.match(text, /✗ \S*every-ending.test.ts › fails inside\n\s+AssertionError.*inside/)
  assert.match(text, /↷ is skipped with a reason — skipped: no Docker here/)
  assert.match(text, /› is skipped without one\n\s+it is skipped without a reason/)
})

test('a file that does not load fails, with what it printed', async () => {
  const { code, lines } = await npmTest('does-not-load')
  assert.equal(code, 1)
  assert.match(lines.join('\n'), /the file as a whole[\s\S]*broken at the top/)
})

test('a file without a test fails: nobody would notice that it does nothing', async () => {
  assert.equal((await npmTest('holds-none')).lines.at(-1), '0 passed, 1 failed, 0 skipped')
})

test('a file that hangs is ended at its limit, and says so', async () => {
  const outcomes = JSON.parse(await node(join(import.meta.dirname, 'fixtures/ends-a-hang.ts')))
  assert.equal(outcomes.length, 1)
  assert.equal(outcomes[0].kind, 'failed')
  assert.match(outcomes[0].detail, /did not end within 1 s/)
})
