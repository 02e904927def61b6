import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeContext } from '../../reports/run/testing.ts'
import { settleDisk } from './settle-disk.ts'

test('the disk of the project is written to, and a system that cannot is none the worse', async () => {
  for (const ended of [{ exitCode: 0 }, { exitCode: 1 }, { exitCode: null, failedToStart: 'no sync' }]) {
    const { context, recorded } = fakeContext({ ended: () => ended })
    await settleDisk(context)
    assert.deepEqual(
      recorded.commands.map(({ file, args }) => [file, ...args]),
      [['sync', '-f', '/nowhere']],
    )
  }
})

test('who stops the run meanwhile does not wait for the disk', async () => {
  const stop = new AbortController()
  const { context } = fakeContext({ signal: stop.signal })
  const stopped: string[] = []
  const ended = await context.exec.run({ file: 'sync', args: [] })
  const start = (): ReturnType<typeof context.exec.start> => ({
    pid: 4242,
    ended: new Promise(() => {}),
    stop: async () => {
      stopped.push('sync')
      return ended
    },
  })
  const settled = settleDisk({ ...context, exec: { ...context.exec, start } })
  stop.abort(new Error('stopped'))
  await assert.rejects(settled, /stopped/)
  assert.deepEqual(stopped, ['sync'])
})
