import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { Duration } from './duration.ts'
import { Label } from './ids.ts'
import { checkShape } from './shape.ts'
import { readDocuments } from './yaml.ts'

const closed = { additionalProperties: false } as const
const Step = Type.Union([
  Type.Object({ kind: Type.Literal('load'), rate: Type.Number({ exclusiveMinimum: 0 }) }, closed),
  Type.Object({ kind: Type.Literal('wait'), for: Duration }, closed),
])
const Recipe = Type.Object(
  {
    name: Label,
    preset: Type.Enum(['desktop', 'mobile']),
    steps: Type.Array(Step),
    note: Type.Optional(Type.String()),
  },
  closed,
)

function complaintsOf(text: string) {
  const { documents, complaints } = readDocuments(text, 'x.yaml')
  return [...complaints, ...documents.flatMap((document) => checkShape(Recipe, document).complaints)]
}

test('a good document gives its frozen value', () => {
  const [document] = readDocuments(
    'name: a\npreset: mobile\nsteps: [{ kind: wait, for: 5s }]\n',
    'x.yaml',
  ).documents
  const { value } = checkShape(Recipe, document!)
  assert.deepEqual(value, { name: 'a', preset: 'mobile', steps: [{ kind: 'wait', for: '5s' }] })
  assert.ok(Object.isFrozen(value?.steps[0]))
})

test('a number without a unit is called no duration, with its place and what was expected', () => {
  const [complaint] = complaintsOf('name: a\npreset: mobile\nsteps:\n  - { kind: wait, for: 45 }\n')
  assert.deepEqual(complaint, {
    file: 'x.yaml',
    line: 4,
    column: 24,
    length: 2,
    message: '"45" is not a duration',
    hint: 'expected a number with a unit, such as 500ms, 45s or 5m',
    excerpt: '  - { kind: wait, for: 45 }',
  })
})

test('all complaints come at once, in reading order, even more than eight', () => {
  const steps = Array.from({ length: 12 }, () => '  - { kind: wait, for: 45 }').join('\n')
  const complaints = complaintsOf(`nmae: a\npreset: desktp\nsteps:\n${steps}\n`)
  assert.deepEqual(
    complaints.slice(0, 3).map(({ line, message, hint }) => ({ line, message, hint })),
    [
      {
        line: 1,
        message: '"name" is missing',
        hint: 'expected lower-case letters, digits and hyphens, at most 40',
      },
      { line: 1, message: 'unknown key "nmae"', hint: 'nearest: name, note' },
      { line: 2, message: 'unknown preset "desktp"', hint: 'nearest: desktop' },
    ],
  )
  assert.equal(complaints.length, 15)
})

test('of a union only the branch whose kind is right is complained about', () => {
  const [first, ...more] = complaintsOf('name: a\npreset: mobile\nsteps: [{ kind: load, rate: 0 }]')
  assert.equal(first?.message, 'rate "0" must be > 0')
  assert.deepEqual(more, [])
})

const Tolerance = Type.Union([
  ...[Type.String(), Type.Number(), Type.Array(Type.String())],
  Type.Object({ min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()) }, closed),
  Type.Object({ regex: Type.String() }, closed),
])

for (const [text, message, hint] of [
  ['{ mni: 3 }', 'unknown key "mni"', 'nearest: max, min'],
  ['{ min: x }', 'min "x" must be a number', undefined],
  ['{ regex: 3 }', 'regex "3" must be text', undefined],
  ['true', 'tolerance "true" must be text', undefined],
] as const)
  test(`of a union the branch that ${text} is nearest to is complained about, not the first`, () => {
    const schema = Type.Object({ tolerance: Tolerance })
    const [document] = readDocuments(`tolerance: ${text}`, 'x.yaml').documents
    const { complaints } = checkShape(schema, document!)
    const [first] = complaints
    assert.deepEqual([complaints.length, first?.message, first?.hint], [1, message, hint])
  })

test('a document that is no map is one complaint', () => {
  assert.deepEqual(
    complaintsOf('- 1\n').map(({ message }) => message),
    ['the document must be a map'],
  )
})
