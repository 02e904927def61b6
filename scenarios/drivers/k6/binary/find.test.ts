import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { GauntletError } from '../../../../reports/run/index.ts'
import { fakeContext } from '../../../../reports/run/testing.ts'
import { localExec } from '../../testing/local-exec.ts'
import type { FindK6Context } from './binary.ts'
import { findK6, locateK6 } from './find.ts'

let folder: string
let lines: string[]
const SELF = { pid: 4242, startedAt: 1 }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gauntlet-find-k6-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Real programs (shell scripts), and nobody but ourselves alive. */
function search(alive: readonly number[] = [SELF.pid]): FindK6Context {
  const { context, recorded } = fakeContext()
  lines = recorded.lines
  return {
    log: context.log,
    exec: { ...localExec(), isAlive: ({ pid }) => alive.includes(pid) },
    download: async () => 'answered 404 Not Found',
  }
}

function options(environment: { K6_BIN?: string; PATH?: string } = {}, self = SELF) {
  return { environment, cacheFolder: join(folder, 'cache'), system: 'linux-x64', self }
}

async function program(path: string, body: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
  return path
}

const k6 = (path: string, version = '2.2.0') =>
  program(join(folder, path), `echo "$(basename "$0") v${version} (go1.26.8, linux/amd64)"`)

/** A Go whose build takes a moment, counts itself and makes a k6. It is called as: build -v -trimpath -o FILE … */
const go = (then = 'chmod +x "$5"') =>
  program(
    join(folder, 'bin/go'),
    `echo built >> ${folder}/builds; sleep 0.3; printf '#!/bin/sh\\necho "$(basename "$0") v2.2.0 (go1.26)"\\n' > "$5"; ${then}`,
  )
const builds = async () => (await readFile(join(folder, 'builds'), 'utf8')).trim().split('\n').length
const onPath = () => ({ PATH: join(folder, 'bin') })
const cached = () => join(folder, 'cache/k6/2.2.0-linux-x64/k6')

async function refusal(environment: { K6_BIN?: string; PATH?: string }): Promise<GauntletError> {
  const error = await findK6(options(environment), search()).catch((cause: unknown) => cause)
  assert.ok(error instanceof GauntletError)
  return error
}

test('K6_BIN goes before the PATH, under whatever name', async () => {
  await k6('bin/k6')
  const path = await k6('mine/k6-nightly', '2.4.1')
  const found = await findK6(options({ K6_BIN: path, ...onPath() }), search())
  assert.deepEqual(found, { path, version: '2.4.1', origin: 'K6_BIN' })
})

test('a K6_BIN that is no k6, is missing or has a version we do not know is refused by name', async () => {
  const other = await program(join(folder, 'other'), 'echo hello')
  const old = await k6('old/k6', '1.7.0')
  const refusals = await Promise.all([other, `${folder}/nothing`, old].map((K6_BIN) => refusal({ K6_BIN })))
  assert.deepEqual(
    refusals.map(({ exitCode, message }) => [exitCode, message.replace(folder, '')]),
    [
      [2, 'K6_BIN is "/other", which is no k6 that can be run'],
      [2, 'K6_BIN is "/nothing", which is no k6 that can be run'],
      [2, 'K6_BIN is "/old/k6", which is k6 v1.7.0'],
    ],
  )
})

test('a k6 on the PATH is used within the accepted range, and passed over with a word outside of it', async () => {
  const path = await k6('bin/k6', '2.3.0')
  assert.deepEqual(await findK6(options(onPath()), search()), { path, version: '2.3.0', origin: 'PATH' })
  for (const version of ['1.7.0', '2.1.9', '2.2.0-rc1', '3.0.0']) {
    await k6('bin/k6', version)
    await assert.rejects(findK6(options(onPath()), search()), { code: 'K6_NOT_FETCHED' })
    assert.match(lines[0] ?? '', new RegExp(`is v${version}; wanted is`))
  }
})

test('without k6, Go and a release for this system it is exit 24, with what to install', async () => {
  const unknown = { ...options({ PATH: '/nowhere' }), system: 'sunos-x64' }
  const error = await findK6(unknown, search()).catch((cause: unknown) => cause)
  assert.ok(error instanceof GauntletError)
  const { exitCode, hint } = error
  assert.equal(exitCode, 24)
  assert.match(hint ?? '', /install k6 .* or Go/)
})

test('is built once into the cache, and found there the next time', async () => {
  await go()
  assert.deepEqual(await locateK6(options(onPath()), search()), {
    folder: dirname(cached()),
    by: { go: join(folder, 'bin/go') },
  })
  const built = await findK6(options(onPath()), search())
  assert.deepEqual(built, { path: cached(), version: '2.2.0', origin: 'built from the pinned module' })
  assert.match(lines[0] ?? '', /building k6 v2\.2\.0 with Go; once, about/)
  assert.equal((await findK6(options(onPath()), search())).origin, 'cache')
  assert.equal(await builds(), 1)
})

test('two at once build once', async () => {
  await go()
  const [one, two] = [search([1, 2]), search([1, 2])]
  const found = await Promise.all([
    findK6(options(onPath(), { pid: 1, startedAt: 1 }), one),
    findK6(options(onPath(), { pid: 2, startedAt: 1 }), two),
  ])
  assert.deepEqual(
    found.map(({ path }) => path),
    [cached(), cached()],
  )
  assert.equal(await builds(), 1)
})

test('a lock whose holder is gone does not stand in the way', async () => {
  await go()
  await mkdir(dirname(cached()), { recursive: true })
  for (const holder of ['77 1', '', 'not a lock']) {
    await rm(cached(), { force: true })
    await writeFile(join(dirname(cached()), 'lock'), holder)
    assert.equal((await findK6(options(onPath()), search())).path, cached())
  }
})

test('a half-written binary in the cache is never used', async () => {
  await go()
  await program(cached(), 'exit 0')
  assert.equal((await findK6(options(onPath()), search())).origin, 'built from the pinned module')
})

test('what a killed build left beside is not taken for k6, and is cleared away', async () => {
  await go()
  const partial = await k6('cache/k6/2.2.0-linux-x64/partial-77')
  assert.equal((await findK6(options(onPath()), search())).origin, 'built from the pinned module')
  await assert.rejects(readFile(partial))
})

test('a build that fails is exit 24 with the last words of Go, and leaves nothing behind', async () => {
  await go('echo "go: no space left" >&2; exit 1')
  const { exitCode, message } = await refusal(onPath())
  assert.equal(exitCode, 24)
  assert.match(message, /no space left/)
  await assert.rejects(readFile(cached()))
  await assert.rejects(readFile(join(dirname(cached()), 'lock')))
})

test('a cache that cannot be written is exit 24', async () => {
  await go()
  await writeFile(join(folder, 'cache'), 'a file where a folder should be')
  assert.equal((await refusal(onPath())).code, 'CACHE_UNWRITABLE')
})
