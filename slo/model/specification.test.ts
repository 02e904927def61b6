import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { shelve } from './library.ts'
import { KINDS } from './open-slo/index.ts'
import { parseOpenSlo } from './parse-open-slo.ts'

const FOLDER = join(import.meta.dirname, 'fixtures')
const FILES = readdirSync(FOLDER)
const parse = (file: string) => parseOpenSlo(readFileSync(join(FOLDER, file), 'utf8'), file)

// Each holds what the examples of the specification and of its SDK show, in our own words.
for (const file of FILES)
  test(`a right document of OpenSLO loads by itself: ${file}`, () => {
    const { written, complaints } = parse(file)
    assert.deepEqual(shelve([{ file, written, complaints }]).complaints, [])
    assert.ok(written.length > 0)
    for (const { name, object } of written) assert.ok(Object.isFrozen(object?.metadata), name)
  })

test('the right documents hold all seven kinds', () => {
  const kinds = new Set(FILES.flatMap((file) => parse(file).written.map(({ kind }) => kind)))
  assert.deepEqual([...kinds].sort(), Object.keys(KINDS).sort())
})

test('what stands in no file that was read is told, with its place, and is no mistake', () => {
  const { open, complaints } = shelve([parse('alert-policies.yaml')])
  assert.deepEqual(complaints, [])
  assert.deepEqual(
    open.map(({ kind, name, line }) => `${line} ${kind} ${name}`),
    ['10 AlertCondition burns', '12 AlertNotificationTarget mail', '28 AlertNotificationTarget mail'],
  )
})

test('a document whose names all stand in its file leaves nothing open', () => {
  assert.deepEqual(shelve([parse('several-documents.yaml')]).open, [])
})
