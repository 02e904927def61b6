import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fits } from './pattern.ts'

for (const [name, pattern, expected, why] of [
  ['orders.test', 'orders.test', true, 'a name fits itself'],
  ['Orders.TEST.', 'orders.test', true, 'in any case, and with the dot of the root'],
  ['orders.test', 'orders.test.', true, 'so may the pattern'],
  ['orders.test', 'orders', false, 'a part of a name is another name'],
  ['eorders.test', 'orders.test', false, 'also at its front'],
  ['orders.test', 'orders.*', true, 'as Chaos Mesh has it'],
  ['orders.', 'orders.*', false, 'the dot of the root is no part of a name'],
  ['a.b.orders.test', '*.orders.test', true, 'a star takes dots too'],
  ['orders.test', '*.orders.test', false, 'the dot must be there'],
  ['orders.test', '*', true, 'every name'],
  ['.', '*', true, 'the root too'],
  ['.', 'orders', false, 'but it fits nothing else'],
  ['chaos-mesh.org', 'chaos-mes?.org', true, 'one character'],
  ['chaos-mes.org', 'chaos-mes?.org', false, 'not none'],
  ['chaos-meshh.org', 'chaos-mes?.org', false, 'not two'],
  ['aXbXc', 'a*b*c', true, 'two stars'],
  ['a.c', 'a+c', false, 'nothing of a regular expression'],
  ['abab', '*ab', true, 'the star takes as much as is needed'],
] as const)
  test(`${name} ${expected ? 'fits' : 'does not fit'} ${pattern}: ${why}`, () => {
    assert.equal(fits(name, pattern), expected)
  })

test('agrees with a regular expression for any name and pattern', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
  fc.assert(
    fc.property(text, glob, (name, pattern) => {
      const regex = new RegExp(`^${pattern.replaceAll('?', '.').replaceAll('*', '.*')}$`)
      assert.equal(fits(name, pattern), regex.test(name))
    }),
  )
})

test('a pattern of nothing but traps takes no longer than others', () => {
  assert.equal(fits('a'.repeat(255), `${'*a'.repeat(120)}b`), false)
})
