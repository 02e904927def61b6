import assert from 'node:assert/strict'
import { globSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { makeDataFolder, order, startPlaza, until } from '../testing/plaza.ts'

const skip =
  globSync('/usr/lib{,64}{,/*}/faketime/libfaketime.so.1').length === 0 && 'libfaketime is not installed'

test('a service whose clock is an hour ahead says so, alone, and orders are done all the same', {
  skip,
  timeout: 540_000,
}, async () => {
  const plaza = await startPlaza(makeDataFolder(), { args: ['--skewable-clocks'] })
  try {
    const aheadMs = async (name: string): Promise<number> => {
      const { port } = await plaza.process(name)
      const { headers } = await fetch(`http://127.0.0.1:${port}/health`)
      return Date.parse(headers.get('date') ?? '') - Date.now()
    }
    const { clock } = await plaza.process('orders')
    const isAhead = async (): Promise<boolean> => Math.abs((await aheadMs('orders')) - 3_600_000) < 60_000
    assert.equal(await isAhead(), false)
    writeFileSync(clock!.offsetFile, '+3600\n')
    await until('orders is an hour ahead', isAhead)
    assert.ok(Math.abs(await aheadMs('catalogue')) < 60_000)
    await order(plaza)
    await until('the order is done', async () =>
      (await plaza.fact()).rows.every((row) => row.doneAtUs !== null),
    )
    writeFileSync(clock!.offsetFile, '+0\n')
    await until('orders is right again', async () => Math.abs(await aheadMs('orders')) < 60_000)
  } finally {
    await plaza.stop()
  }
})
