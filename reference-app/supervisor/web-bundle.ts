import { createHash, randomBytes } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../platform/failure.ts'
import { moveInPlace } from '../platform/move-in-place.ts'
import type { Children } from './children.ts'
import type { LogFile } from './log-file.ts'

const sources = path.resolve(import.meta.dirname, '../web')

export interface WebParts {
  readonly cache: string
  readonly children: Children
  readonly log: LogFile
  say(sentence: string): void
}

/**
 * The folder with the built web page. Vite builds it when its sources have changed, in a process of its own
 * and beside its place, to which it is then renamed: two may do it at once, and half a page is never served.
 */
export async function provideWebPage({ cache, children, log, say }: WebParts): Promise<string> {
  const place = path.join(cache, 'web', hashSources())
  if (existsSync(place)) return place
  say('building the web page; some seconds, once')
  const beside = `${place}.${randomBytes(6).toString('hex')}`
  try {
    await build(beside, children, log)
    await moveInPlace(beside, place)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
  return place
}

async function build(target: string, children: Children, log: LogFile): Promise<void> {
  const program = path.resolve(import.meta.dirname, 'web-build.ts')
  const launch = {
    file: process.execPath,
    args: [program, sources, target],
    env: process.env,
    ipc: false,
    endings: ['SIGTERM'],
  } as const
  const how = await children.start(launch, log).ended
  if (how !== 'exit 0') throw new Failure(`the web page could not be built (${how}): ${log.lastLine}`)
}

/** What the page is made of: its sources, the way they are built, and the versions of what builds them. */
function hashSources(): string {
  const files = globSync('**/*.{html,ts,tsx,css,svg}', { cwd: sources }).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(path.join(sources, file)))
  for (const file of ['web-build.ts', '../package.json']) {
    hash.update(readFileSync(path.resolve(import.meta.dirname, file)))
  }
  return hash.digest('hex').slice(0, 16)
}
