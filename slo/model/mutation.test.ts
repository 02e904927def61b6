import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseDocument, stringify } from 'yaml'
import { shelve } from './library.ts'
import { parseOpenSlo } from './parse-open-slo.ts'
import { toPlannedObjectives } from './plan/planned.ts'

const folder = (name: string): string => join(import.meta.dirname, name)
const TEXTS = ['fixtures', '../catalog'].flatMap((name) =>
  readdirSync(folder(name)).map((file) => readFileSync(join(folder(name), file), 'utf8')),
)

/** Reads it, and plans what can be planned; every refusal must say where. */
function mustBear(text: string): void {
  const { slos, complaints } = shelve([parseOpenSlo(text, 'a.yaml')])
  for (const { line, column, message } of complaints) {
    assert.ok(line >= 1 && column >= 1 && message.length > 0)
    assert.ok(line <= text.split('\n').length)
  }
  for (const slo of slos.values()) {
    const { objectives, refusals } = toPlannedObjectives(slo, { phases: [], advisory: false })
    assert.notEqual(objectives.length > 0, refusals.length > 0)
  }
}

const words = fc.constantFrom(
  ...[
    '',
    ' ',
    '-',
    ': ',
    '[',
    '{',
    '}',
    '*x',
    '&x ',
    '!!set ',
    '|',
    '>',
    '"',
    "'",
    '\n',
    '\t',
    '#',
    '?',
    '<<: ',
  ],
  ...[
    'null',
    '.inf',
    '.nan',
    '-1',
    '0',
    '1',
    '1e999',
    'true',
    '__proto__',
    '\u0000',
    '\u001b[2J',
    '😀',
    '---\n',
  ],
)

test('a right document with any characters changed is read or refused with a place, and crashes nothing', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40 }), words), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS), changes, (text, edits) => {
      mustBear(
        edits.reduce((before, [at, length, word]) => {
          const from = at % (before.length + 1)
          return before.slice(0, from) + word + before.slice(from + length)
        }, text),
      )
    }),
    { numRuns: 400, seed: 20261121 },
  )
})

test('a right document with any value changed for another is read or refused with a place', () => {
  const values = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(Number.NaN, Infinity, -0, 1e308))
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS), fc.nat(), values, (text, at, value) => {
      mustBear(stringify(withOneChanged(parseDocument(text.split(/^---$/m).at(-1) ?? '').toJS(), at, value)))
    }),
    { numRuns: 400, seed: 20261121 },
  )
})

/** The value at one of its places, counted in depth, replaced. */
function withOneChanged(value: unknown, at: number, other: unknown): unknown {
  let left = at % countOf(value)
  const change = (one: unknown): unknown => {
    if (left-- === 0) return other
    if (Array.isArray(one)) return one.map(change)
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, change(inner)]))
  }
  return change(value)
}

const countOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, one) => sum + countOf(one), 1)
    : 1

test('what holds itself, or goes deeper than anyone reads, is refused', () => {
  for (const text of [
    'apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: a }\nspec: { type: A, connectionDetails: &x { a: *x } }',
    'a: &x [*x, *x]',
    `a: ${'['.repeat(500)}${']'.repeat(500)}`,
    `${'['.repeat(50_000)}`,
    `a: &a [1,1]\n${[...'bcdefghij'].map((b, n) => `${b}: &${b} [${`*${'abcdefghi'[n]},`.repeat(9)}1]`).join('\n')}`,
  ]) {
    mustBear(text)
    assert.ok(parseOpenSlo(text, 'a.yaml').complaints.length > 0, text.slice(0, 40))
  }
})
