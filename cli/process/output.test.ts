import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { followOutput } from './output.ts'

async function said(chunks: Iterable<string>): Promise<{ lines: string[]; tail: string }> {
  const stream = Readable.from(chunks, { objectMode: false })
  const lines: string[] = []
  const tail = followOutput(stream, (line) => lines.push(line))
  await once(stream, 'end')
  return { lines, tail: tail() }
}

function* pieces(text: string, length: number): Generator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
}

test('a line far longer than a pipe holds is one line, whatever the pieces in which it comes', async () => {
  const long = 'x'.repeat(1_000_000)
  for (const length of [4_096, 65_536, 2_000_000])
    assert.deepEqual((await said(pieces(`a\n${long}\nb`, length))).lines, ['a', long, 'b'])
})

test('of a program that never ends its line no more than 16 MiB are held', async () => {
  const { lines, tail } = await said(Array(300).fill('x'.repeat(65_536)))
  assert.deepEqual(
    lines.map((line) => line.length),
    [16 * 1024 * 1024],
  )
  assert.equal(tail.length, 64 * 1024)
})
