import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { CsvReader, END_LINE } from './csv.ts'
import { metadataOf, type Row } from './row.ts'

const HEADER =
  'metric_name,timestamp,metric_value,check,error_code,expected_response,name,scenario,extra_tags,metadata\n'
const recorded = readFileSync(join(import.meta.dirname, '../fixtures/streams/orders.csv'))

function read(...chunks: (string | Buffer)[]) {
  const rows: Row[] = []
  let ends = 0
  const csv = new CsvReader({ onRow: (row) => rows.push(row), onEnd: () => (ends += 1) })
  for (const chunk of chunks) csv.push(Buffer.from(chunk))
  return { rows, ends, read: csv.rows, unreadable: csv.unreadableRows }
}

test('every row of a recorded stream is read, wherever the chunks are cut', () => {
  const whole = read(recorded)
  assert.equal(whole.unreadable, 0)
  assert.equal(whole.read, recorded.toString().trim().split('\n').length - 1)
  const cuts = fc.array(fc.integer({ min: 0, max: recorded.length }), { maxLength: 20 })
  fc.assert(
    fc.property(cuts, (at) => {
      const bounds = [0, ...at.toSorted((a, b) => a - b), recorded.length]
      const chunks = bounds.slice(1).map((to, index) => recorded.subarray(bounds[index], to))
      assert.deepEqual(read(...chunks), whole)
    }),
    { numRuns: 50 },
  )
})

test('a name keeps its commas, quotes and line breaks', () => {
  const row = 'checks,1795232447697685804,1.000000,"a ""b"", c\nd",,,,search,,vu=1\n'
  const [first, second] = read(HEADER, row, row).rows
  assert.equal(first?.check, 'a "b", c\nd')
  assert.deepEqual(second, first)
})

test('nanoseconds become microseconds without loss', () => {
  assert.equal(read(HEADER, 'vus,1795232451719886644,4.000000,,,,,,,\n').rows[0]?.atUs, 1795232451719886)
})

test('a row that is cut, has too few columns, no time or no number is counted as unreadable', () => {
  const bad = [
    'vus,1795232451719886644\n',
    'vus,now,4,,,,,,,\n',
    'vus,1795232451719886644,many,,,,,,,\n',
    'orders\n',
  ]
  assert.deepEqual(read(HEADER, ...bad), { rows: [], ends: 0, read: 4, unreadable: 4 })
})

test('the end is seen behind a row that k6 left half written, even inside a quoted name', () => {
  for (const half of ['http_req_dur', 'checks,1795232447697685804,1.0,"half a na']) {
    const { ends, unreadable } = read(HEADER, half, `\n${END_LINE}\n`)
    assert.equal(ends, 1, half)
    assert.ok(unreadable <= 1)
  }
})

test('no name can end the reading: what our end line says is known to us alone', () => {
  const row = 'checks,1795232447697685804,1.0,"one\n#gauntlet-end\ntwo",,,,search,,vu=1\n'
  const { rows, ends } = read(HEADER, '#gauntlet-end\n', row, row)
  assert.deepEqual([rows.map(({ check }) => check), ends], [Array(2).fill('one\n#gauntlet-end\ntwo'), 0])
})

test('metadata is found by its key, in any order', () => {
  const [row] = read(HEADER, 'orders,1795232447697685804,1,,,,,search,,ack=a%26vu%3D1&vu=7\n').rows
  assert.deepEqual(
    [metadataOf(row!, 'vu'), metadataOf(row!, 'ack'), metadataOf(row!, 'no')],
    ['7', 'a%26vu%3D1', undefined],
  )
})

test('a number that is none, or not finite, makes a row unreadable', () => {
  for (const value of ['NaN', '+Inf', '-Inf', '1e999', ''])
    assert.equal(read(HEADER, `orders,1795232447697685804,${value},,,,,search,,vu=1\n`).unreadable, 1, value)
})

test('names of any kind come as they are: terminal escapes, none at all, other scripts', () => {
  for (const name of ['\u001b[31mred\u001b[0m', '', 'früh 早い', '<script>', 'a,b', 'two\nlines']) {
    const row = `http_req_duration,1795232447697685804,1.0,,,true,"${name}",search,,vu=1\n`
    assert.deepEqual(
      read(HEADER, row).rows.map((one) => one.name),
      [name],
    )
  }
})

test('what never ends is no row: it is given up, counted, and the rows behind it are read again', () => {
  const endless = Array.from({ length: 40 }, () => 'x'.repeat(65_536))
  const row = 'vus,1795232451719886644,4.000000,,,,,,,\n'
  const { rows, unreadable, read: all } = read(HEADER, ...endless, '\n', row)
  assert.deepEqual([rows.length, all - unreadable], [1, 1])
  assert.ok(unreadable >= 1)
})
