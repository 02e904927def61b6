import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { GauntletError } from '../../reports/run/index.ts'
import { folderWith } from '../testing/written-files.ts'
import { loadMembers, loadProject, readProject } from './load-config.ts'

/** A mistake in a config, what is said of it, and what helps. */
const MISTAKES: readonly (readonly [what: string, text: string, said: RegExp, hint: RegExp])[] = [
  ['a syntax error', 'export default {\n  a: 1,,\n}', /cannot be loaded/, /see .*gauntlet\.config\.ts:2$/],
  ['a throw', `const a = 1\nthrow new Error('boom')`, /boom/, /see .*gauntlet\.config\.ts:2:7$/],
  ['a missing package', `import 'nope'`, /Cannot find package 'nope' imported from .*config\.ts$/, /^$/],
  ['no default export', 'export const config = {}', /has no default export/, /export default defineConfig/],
  ['nothing in it', '', /"target" is missing/, /editor/],
  ['a wrong key', 'export default { target: {}, contents: {} }', /contents: unknown key/, /nearest: content/],
  ['a missing key', 'export default {}', /"target" is missing/, /editor/],
  [
    'an address without a scheme',
    `export default { target: { description: { addresses: { web: 'localhost:1' } } } }`,
    /addresses\.web: "localhost:1" is not a URL/,
    /such as http/,
  ],
]

for (const [what, text, said, hint] of MISTAKES)
  test(`a config with ${what} is refused with what helps`, async (t) => {
    const folder = folderWith({ 'gauntlet.config.ts': text }, t)
    const error: unknown = await loadProject(folder).catch((thrown: unknown) => thrown)
    assert.ok(error instanceof GauntletError, String(error))
    assert.equal(error.code, 'BAD_CONFIG')
    const complaints = error.complaints.map((one) => [one.message, one.hint ?? ''])
    assert.match([error.message, ...complaints.flat()].join('\n'), new RegExp(said, 'm'))
    assert.match([error.hint ?? '', ...complaints.flat()].join('\n'), new RegExp(hint, 'm'))
  })

test('without a config init is offered', async (t) => {
  const folder = join(folderWith({}, t), 'empty')
  await assert.rejects(loadProject(folder), (error: GauntletError) => /gauntlet init/.test(error.hint ?? ''))
})

const WITH_REPORT = `export default {
  target: {},
  extend: { renderers: [{ file: 'slip.txt', render: () => '' }] },
}`

test('two builds that add the same can be read, and only the project itself adds it', async (t) => {
  const [base, head] = [
    folderWith({ 'gauntlet.config.ts': WITH_REPORT }, t),
    folderWith({ 'gauntlet.config.ts': WITH_REPORT }, t),
  ]
  await loadProject(head)
  await readProject(base)
  await assert.rejects(loadProject(base), { code: 'NAME_TAKEN' })
})

test('a record can be read beside a config that is broken, and that is told; not when it was named', async (t) => {
  const folder = folderWith({ 'gauntlet.config.ts': 'export default {' }, t)
  assert.match(
    (await loadMembers(folder)) ?? '',
    /^what the project adds is left out: .*gauntlet\.config\.ts/,
  )
  await assert.rejects(loadMembers(folder, 'gauntlet.config.ts'), { code: 'BAD_CONFIG' })
  assert.equal(await loadMembers(join(folder, '..', 'nowhere')), undefined)
})
