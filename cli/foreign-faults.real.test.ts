// What others did before us to what a fault is aimed at is left as it is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breakIt } from './testing/break-it.ts'
import { MANIFESTS } from './testing/small-manifests.ts'
import { startSmallTarget } from './testing/small-target.ts'

test('a switch that somebody turned on stays on, and nothing is injected', async () => {
  await using small = await startSmallTarget()
  const { control } = small
  await control.send(control.switchRequest('grumpy', true))
  await assert.rejects(breakIt(small, { manifest: MANIFESTS.switch() }), {
    code: 'SWITCH_IS_ON',
    message: 'the switch grumpy of small is on already, and gauntlet would turn it off',
  })
  assert.equal((await control.describe()).switches.find(({ name }) => name === 'grumpy')?.on, true)
})

for (const [link, manifest] of [
  ['front→back', MANIFESTS.delay],
  ['small→dns', MANIFESTS['dns-error']],
] as const)
  test(`${link} that somebody leads elsewhere goes on there, and nothing is injected`, async () => {
    await using small = await startSmallTarget()
    const { control } = small
    const theirs = '127.0.0.1:9'
    await control.send(control.routeRequest(link, theirs))
    await assert.rejects(breakIt(small, { manifest: manifest(small.target) }), {
      code: 'LINK_IS_LED',
      message: `${link} goes to ${theirs} already, and gauntlet would lead it straight`,
    })
    assert.equal((await control.describe()).links.find(({ name }) => name === link)?.listen, theirs)
  })
