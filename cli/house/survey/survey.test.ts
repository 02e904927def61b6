import assert from 'node:assert/strict'
import { test } from 'node:test'
import { belowImports } from './below-imports.ts'
import { readSource } from './read-source.ts'
import type { Repeat } from './repeats.ts'
import { surveyOf } from './survey.ts'
import { isInOrder, surveyText } from './survey-text.ts'

const lines = (count: number): string => '\n'.repeat(count - 1)
const imports = (...paths: readonly string[]): string => paths.map((path) => `import '${path}'\n`).join('')

test('reads static, passed-on, typed, dynamic and required modules, and none of a comment or a text', () => {
  const text = `import a, {
  b } from './a.ts'
import type { C } from './c.ts'
export * from './d.ts'
type E = import('./e.ts').E
const f = await import('./f.ts'), g = require('g')
// import './h.ts'
const i = "import './i.ts'"`
  const { imports } = readSource({ path: 'x.ts', text })
  assert.deepEqual(imports, ['./a.ts', './c.ts', './d.ts', './e.ts', './f.ts', 'g'])
})

test('a function is as long as its lines, and bears the name under which it is known', () => {
  const text = `function one() {
  return 1
}
const two = () => {
  ${lines(3)}
}
const three = (x: number) => x
const four = { five() { ${lines(2)} }, six: async () => { } }
class Seven { #eight() {} }
export default () => {}`
  const { functions } = readSource({ path: 'x.ts', text })
  assert.deepEqual(
    functions.map(({ name, lines }) => [name, lines]),
    [
      ['one', 3],
      ['two', 5],
      ['five', 2],
      ['six', 1],
      ['eight', 1],
      ['', 1],
    ],
  )
})

const HOUSE = [
  { path: 'chaos/a.ts', text: imports('./b.ts') },
  { path: 'chaos/b.ts', text: imports('./c.ts') },
  { path: 'chaos/c.ts', text: imports('./a.ts') },
  { path: 'chaos/one/d.ts', text: imports('../two/e.ts') },
  { path: 'chaos/two/e.ts', text: imports('../one/f.ts') },
  { path: 'chaos/one/f.ts', text: imports('../a.ts') },
]

test('finds the files that reach each other, and folders side by side that do', () => {
  const { cycles, mutualFolders } = surveyOf(HOUSE)
  assert.deepEqual(cycles, [['chaos/a.ts', 'chaos/b.ts', 'chaos/c.ts']])
  assert.deepEqual(mutualFolders, [['chaos/one', 'chaos/two']])
})

const REPEAT: Repeat = {
  lines: 7,
  places: [
    { path: 'slo/a.ts', line: 3 },
    { path: 'slo/b.ts', line: 1 },
  ],
}
const TIDY = [
  { path: 'slo/a.ts', text: imports('./b.ts') },
  { path: 'slo/b.ts', text: 'export const b = 1\n' },
]

/** Each alone makes the house untidy. */
const UNTIDY: readonly (readonly [what: string, sources: typeof TIDY, repeats: readonly Repeat[]])[] = [
  ['a cycle', HOUSE.slice(0, 3), []],
  ['folders that import each other', HOUSE.slice(3, 5).concat({ path: 'chaos/one/f.ts', text: '' }), []],
  ['an import that may not be', [{ path: 'slo/a.ts', text: imports('../chaos/index.ts') }], []],
  ['a long file without a reason', [{ path: 'slo/long.ts', text: `${lines(201)}x` }], []],
  ['a long test without a reason', [{ path: 'slo/long.test.ts', text: `${lines(401)}x` }], []],
  ['a repeat without a reason', TIDY, [REPEAT]],
]

for (const [what, sources, repeats] of UNTIDY)
  test(`${what} is shown, and is not in order`, () => {
    const survey = surveyOf(sources)
    assert.equal(isInOrder(survey, repeats, NO_REASONS), false)
    assert.match(surveyText(survey, repeats, NO_REASONS), /not in order$/)
  })

const NO_REASONS = { files: {}, repeats: [] }

test('what has its reason is in order, and a reason for what is no longer so is not', () => {
  const sources = [...TIDY, { path: 'slo/long.ts', text: `${lines(201)}x` }]
  const reasons = {
    files: { 'slo/long.ts': 'a list' },
    repeats: [{ files: ['slo/b.ts', 'slo/a.ts'] as const, why: 'two runtimes' }],
  }
  assert.ok(isInOrder(surveyOf(sources), [REPEAT], reasons))
  const text = surveyText(surveyOf(sources), [REPEAT], reasons)
  assert.match(text, /201 {2}slo\/long\.ts {2}a list/)
  assert.match(text, /7 {2}slo\/a\.ts:3 = slo\/b\.ts:1 {2}two runtimes/)
  assert.equal(isInOrder(surveyOf(TIDY), [REPEAT], reasons), false)
  assert.match(surveyText(surveyOf(TIDY), [REPEAT], reasons), /no longer so.*slo\/long\.ts/)
})

const HEADS = [
  { path: 'slo/one.ts', text: `import {\n  a,\n} from './a.ts'\nimport './b.ts'\n${lines(20)}const x = 1` },
  { path: 'slo/none.ts', text: `${lines(20)}const x = 1\nimport './late.ts'` },
]
const repeat = (lines: number, a: readonly [path: string, line: number], b: typeof a): Repeat => ({
  lines,
  places: [
    { path: a[0], line: a[1] },
    { path: b[0], line: b[1] },
  ],
})
const atHeads = (lines: number, line: number) => repeat(lines, ['slo/one.ts', line], ['slo/none.ts', line])

/** The head of slo/one.ts is four lines, the other begins with its code. */
const CUT: readonly (readonly [what: string, found: Repeat, left: readonly Repeat[]])[] = [
  ['six lines that hold an import are too few', atHeads(6, 4), []],
  ['what has six below the imports begins there', atHeads(10, 1), [atHeads(6, 5)]],
  ['below the imports nothing is cut', atHeads(6, 5), [atHeads(6, 5)]],
  [
    'the longer of two heads counts',
    repeat(9, ['slo/none.ts', 1], ['slo/one.ts', 2]),
    [repeat(6, ['slo/none.ts', 4], ['slo/one.ts', 5])],
  ],
]

for (const [what, found, left] of CUT)
  test(`repeats: ${what}`, () => assert.deepEqual(belowImports([found], HEADS), left))

test('the head of a file of imports alone is the whole of it', () => {
  const sources = HEADS.map(({ path }) => ({ path, text: imports('./a.ts', './b.ts', './c.ts') }))
  assert.deepEqual(belowImports([atHeads(8, 1)], sources), [])
  assert.deepEqual(belowImports([atHeads(9, 1)], sources), [atHeads(6, 4)])
})
