import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitsPattern } from './path-pattern.ts'

const TABLE: readonly (readonly [pattern: string, path: string, fits: boolean])[] = [
  ['*', '/', true],
  ['/a', '/a', true],
  ['/a', '/ab', false],
  ['/a', '/A', false],
  ['/a/*', '/a/b/c', true],
  ['/a/*', '/a', false],
  ['/a*', '/a', true],
  ['*/c', '/a/b/c', true],
  ['*/c', '/a/b/cd', false],
  ['/*/b/*', '/a/b/b/c', true],
  ['/a?', '/ab', true],
  ['/a?', '/a', false],
  ['/a.b', '/axb', false],
  ['/a**b', '/ab', true],
  ['', '', true],
  ['', '/', false],
]

for (const [pattern, path, fits] of TABLE)
  test(`${JSON.stringify(pattern)} ${fits ? 'fits' : 'does not fit'} ${JSON.stringify(path)}`, () =>
    assert.equal(fitsPattern(pattern, path), fits))

test('a pattern says the same as the regular expression that it stands for', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 })
  fc.assert(
    fc.property(pattern, letters, (written, path) => {
      const meant = new RegExp(`^${written.replaceAll('?', '.').replaceAll('*', '.*')}$`)
      assert.equal(fitsPattern(written, path), meant.test(path))
    }),
    { numRuns: 1000 },
  )
})
