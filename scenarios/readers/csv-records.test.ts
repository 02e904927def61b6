import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CsvRecords } from './csv-records.ts'

function read(text: string, delimiter = ',') {
  const seen = { records: [] as (readonly string[])[], unreadable: [] as string[] }
  const records = new CsvRecords(
    {
      record: (columns) => seen.records.push(columns),
      unreadable: (why, line) => seen.unreadable.push(`${line} ${why}`),
    },
    delimiter,
  )
  for (const [n, line] of text.split('\n').entries()) records.line(line, n + 1)
  records.end()
  return seen
}

const quoted = (field: string): string => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

test('what was written with quotes where they are needed is read as it was', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é'), maxLength: 8 })
  const record = fc.array(field, { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (written) => {
      const text = written.map((columns) => columns.map(quoted).join(',')).join('\n')
      assert.deepEqual(read(text), { records: written, unreadable: [] })
    }),
  )
})

test('another delimiter makes a comma a letter', () => {
  assert.deepEqual(read('a;"b;c";d,e', ';').records, [['a', 'b;c', 'd,e']])
})

test('a quote in the wrong place loses all lines that it took with it, and each is counted', () => {
  assert.deepEqual(read('a,b"c\nd,"e\nf"g,h\ni,j'), {
    records: [['i', 'j']],
    unreadable: ['1', '2', '3'].map((line) => `${line} has a quote in the wrong place`),
  })
})

test('a quote that is never closed is given up before it fills the memory', () => {
  const line = 'x'.repeat(1 << 16)
  const { records, unreadable } = read(['a,"b', line, line, line, line, 'c,d', 'e,"f'].join('\n'))
  assert.deepEqual(records, [['c', 'd']])
  assert.deepEqual(unreadable.slice(0, 1), ['1 opens a quote that is not closed'])
  assert.deepEqual(unreadable.slice(-1), ['7 opens a quote that is not closed: the file was cut'])
  assert.equal(unreadable.length, 6)
})

test('lines of an open quote are not split again and again', () => {
  const lines = Array.from({ length: 60_000 }, () => 'a,"",b')
  const before = process.cpuUsage()
  const { records, unreadable } = read(['a,"b', ...lines].join('\n'))
  assert.deepEqual([records.length, unreadable.length > 30_000], [records.length, true])
  // 0.1 s of a processor; split again at each line, 20 s
  assert.ok(process.cpuUsage(before).user < 5e6)
})
