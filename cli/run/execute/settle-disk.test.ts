import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Program, RunContext } from '../../../reports/run/index.ts'
import { fakeClock, fakeContext } from '../../../reports/run/testing.ts'
import { settleDisk } from './settle-disk.ts'

test('the disk of the project is written to, and a system that cannot says so and goes on', async () => {
  const said = async (ended: { exitCode: number | null; failedToStart?: string; stderr?: string }) => {
    const { context, recorded } = fakeContext({ ended: () => ended })
    await settleDisk(context)
    assert.deepEqual(
      recorded.commands.map(({ file, args }) => [file, ...args]),
      [['sync', '-f', '/nowhere']],
    )
    return recorded.lines.slice(1)
  }
  const notAll = 'what was written before is not all on the disk: '
  assert.deepEqual(await said({ exitCode: 0 }), [])
  assert.deepEqual(await said({ exitCode: 1, stderr: 'sync: bad option' }), [`${notAll}sync: bad option`])
  assert.deepEqual(await said({ exitCode: null, failedToStart: 'no sync' }), [`${notAll}no sync`])
})

/** A disk that hangs: whoever waits for it cannot be ended, not even by KILL. */
function hanging(options: Parameters<typeof fakeContext>[0]) {
  const { context, recorded } = fakeContext(options)
  const stopped: string[] = []
  const start = (): Program => ({
    pid: 4242,
    ended: new Promise(() => {}),
    stop: () => {
      stopped.push('sync')
      return new Promise(() => {})
    },
  })
  const hung: RunContext = { ...context, exec: { ...context.exec, start } }
  return { hung, stopped, recorded }
}

test('who stops the run meanwhile does not wait for the disk', async () => {
  const stop = new AbortController()
  const { hung, stopped } = hanging({ signal: stop.signal })
  const settled = settleDisk(hung)
  stop.abort(new Error('stopped'))
  await assert.rejects(settled, /stopped/)
  assert.deepEqual(stopped, ['sync'])
})

test('a disk that hangs is waited for no longer than 20 s', async () => {
  const clock = fakeClock()
  const { hung, stopped, recorded } = hanging({ clock })
  const settled = settleDisk(hung)
  await clock.advance(20_000)
  await settled
  assert.deepEqual(stopped, ['sync'])
  assert.match(recorded.lines.at(-1) ?? '', /not within 20 s/)
})
