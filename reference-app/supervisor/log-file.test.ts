import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { LogFile } from './log-file.ts'

test('keeps pino’s lines as they are and makes one of everything else', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'plaza-log-'))
  try {
    const file = path.join(folder, 'x.log')
    const log = new LogFile('x', file)
    const stream = new PassThrough()
    log.follow(stream)
    const line = '{"level":30,"time":1,"name":"x","msg":"known"}'
    stream.write(`${line}\nplain "te`)
    stream.end('xt"\n\nlast without end')
    await new Promise((resolve) => stream.once('end', resolve))
    log.close()
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    assert.equal(lines[0], line)
    const said = lines.slice(1).map((text): { name: string; msg: string } => JSON.parse(text))
    assert.deepEqual(
      said.map(({ name, msg }) => [name, msg]),
      [
        ['x', 'plain "text"'],
        ['x', 'last without end'],
      ],
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
