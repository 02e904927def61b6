import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, test } from 'node:test'
import { GauntletError } from '../../../reports/run/index.ts'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { findK6, PINNED_VERSION } from '../../../scenarios/drivers/k6/index.ts'
import { download } from '../../process/download.ts'
import { createExec } from '../../process/exec.ts'
import { whereToLook } from './tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-fetch-k6-'))
const NAME = `k6-v${PINNED_VERSION}-linux-amd64`
const packed = pack()
const sums = (of: Buffer): string =>
  ['0'.repeat(64), createHash('sha256').update(of).digest('hex')]
    .map((sum, n) => `${sum}  ${n === 0 ? NAME.replace('amd64', 'arm64') : NAME}.tar.gz\n`)
    .join('')

/** What a release holds, as its makers pack it; its program says that it is k6. */
function pack(): Buffer {
  mkdirSync(join(folder, NAME))
  const program = join(folder, NAME, 'k6')
  writeFileSync(program, `#!/bin/sh\necho "k6 v${PINNED_VERSION} (go1.26.8, linux/amd64)"\n`)
  chmodSync(program, 0o755)
  writeFileSync(join(folder, NAME, 'README.md'), 'k6\n')
  execFileSync('tar', ['-czf', `${NAME}.tar.gz`, NAME], { cwd: folder })
  return readFileSync(join(folder, `${NAME}.tar.gz`))
}

type Reply = (response: ServerResponse) => unknown
let replies: Record<string, Reply> = {}
const asked: string[] = []
const server = createServer((request, response) => {
  const path = request.url ?? ''
  asked.push(path)
  const reply = replies[path.replace(`/v${PINNED_VERSION}/`, '')]
  if (reply === undefined) response.writeHead(404).end()
  else reply(response)
})
const releases = await onLoopback(server)
after(() => rmSync(folder, { recursive: true }))

const cacheFolder = join(folder, 'cache')
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }))

const gives =
  (body: string | Buffer): Reply =>
  (response) =>
    response.end(body)

/** On a Linux with neither k6 nor Go. */
function find() {
  const log = { fact: () => {}, doing: () => {} }
  const context = { exec: createExec({ runId: 'test' }), log, download }
  const environment = { PATH: '/nowhere', GAUNTLET_K6_RELEASES: releases }
  return findK6({ ...whereToLook(), environment, cacheFolder, system: 'linux-x64' }, context)
}

async function refusal(): Promise<GauntletError> {
  const error = await find().catch((cause: unknown) => cause)
  assert.ok(error instanceof GauntletError, String(error))
  assert.equal(error.exitCode, 24)
  assert.match(error.hint ?? '', /install k6 \(.*\) or Go .*GAUNTLET_K6_RELEASES/)
  const kept = join(cacheFolder, 'k6', `${PINNED_VERSION}-linux-x64`)
  assert.deepEqual(existsSync(kept) ? readdirSync(kept) : [], [], 'nothing of it is kept')
  return error
}

const CHECKSUMS = `k6-v${PINNED_VERSION}-checksums.txt`
const ARCHIVE = `${NAME}.tar.gz`

test('where there is no Go the official release is fetched once, when its checksum is the published one', async () => {
  replies = { [CHECKSUMS]: gives(sums(packed)), [ARCHIVE]: gives(packed) }
  asked.length = 0
  const { version, origin, path } = await find()
  assert.deepEqual([version, origin], [PINNED_VERSION, 'official release'])
  assert.match(execFileSync(path, { encoding: 'utf8' }), /^k6 v/)
  assert.equal((await find()).origin, 'cache')
  assert.deepEqual(
    asked,
    [CHECKSUMS, ARCHIVE].map((name) => `/v${PINNED_VERSION}/${name}`),
  )
})

test('an archive with another checksum is never unpacked', async () => {
  const other = Buffer.concat([packed, Buffer.from('x')])
  replies = { [CHECKSUMS]: gives(sums(packed)), [ARCHIVE]: gives(other) }
  const { code, message } = await refusal()
  assert.equal(code, 'K6_CHECKSUM')
  const [actual, published] = [other, packed].map((one) => createHash('sha256').update(one).digest('hex'))
  assert.ok(message.includes(`SHA-256 ${actual}, and the release says ${published}`), message)
})

/** Says how long the body is, and hangs up in the middle of it. */
const cut: Reply = (response) => {
  response.writeHead(200, { 'content-length': packed.length })
  response.write(packed.subarray(0, packed.length / 2), () => response.destroy())
}

/** What is said of each release that cannot be fetched. */
const FAILURES: readonly (readonly [what: string, replies: Record<string, Reply>, says: RegExp])[] = [
  [
    'a download that is cut',
    { [CHECKSUMS]: gives(sums(packed)), [ARCHIVE]: cut },
    /tar\.gz: (other side closed|.*terminated)/,
  ],
  ['no such release', {}, /checksums\.txt: answered 404 Not Found$/],
  ['no such archive', { [CHECKSUMS]: gives(sums(packed)) }, /amd64\.tar\.gz: answered 404 Not Found$/],
  ['a checksum file that does not name it', { [CHECKSUMS]: gives('\n') }, /does not name it$/],
  [
    'an archive that is none',
    { [CHECKSUMS]: gives(sums(Buffer.from('no tar'))), [ARCHIVE]: gives('no tar') },
    /tar could not unpack it: /,
  ],
]

for (const [what, given, says] of FAILURES)
  test(`${what} is told, and nothing of it is kept`, async () => {
    replies = given
    const { code, message } = await refusal()
    assert.equal(code, 'K6_NOT_FETCHED')
    assert.match(message, says)
  })

test('a server that falls silent is not waited for without end', async () => {
  replies = { [ARCHIVE]: (response) => response.write('a') }
  const to = join(folder, 'silent')
  const url = `${releases}/v${PINNED_VERSION}/${ARCHIVE}`
  assert.match((await download({ url, to, silenceMs: 200 })) ?? '', /timeout/i)
  assert.equal(existsSync(to), false)
})
