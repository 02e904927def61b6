import { execFileSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { GauntletError } from '../../../../reports/run/index.ts'
import { whereToLook } from '../../../run/draft/tools.ts'

const VERSION = '2.12.0'
const MODULE = 'github.com/Shopify/toxiproxy/v2'

/** Toxiproxy's own server, and its command-line client. */
export type ToxiproxyProgram = 'server' | 'cli'

/** undefined when there is no Go to build Toxiproxy with and it was never built */
export function whyNoToxiproxy(): string | undefined {
  const isThere = isProgram(placeOf('server')) && isProgram(placeOf('cli'))
  return isThere || goOnPath() !== undefined
    ? undefined
    : 'Go is not on the PATH, so Toxiproxy cannot be built'
}

/** From the cache, else built into it; a half-written one is never found there. */
export function toxiproxy(program: ToxiproxyProgram): string {
  const path = placeOf(program)
  if (!isProgram(path)) build(program, path)
  return path
}

function build(program: ToxiproxyProgram, path: string): void {
  const go = goOnPath()
  if (go === undefined)
    throw new GauntletError('NO_GO', `there is no Go on the PATH to build Toxiproxy ${VERSION} with`, {
      hint: 'install Go 1.23 or later',
      exit: 'machinery',
    })
  const beside = join(folder(), `partial-${process.pid}`)
  mkdirSync(beside, { recursive: true })
  const environment = { ...process.env, GOBIN: beside, GOFLAGS: '' }
  try {
    execFileSync(go, ['install', `${MODULE}/cmd/${program}@v${VERSION}`], {
      env: environment,
      stdio: 'ignore',
    })
    renameSync(join(beside, program), path)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function folder(): string {
  const { cacheFolder, system } = whereToLook()
  return join(cacheFolder, 'toxiproxy', `${VERSION}-${system}`)
}

const placeOf = (program: ToxiproxyProgram): string => join(folder(), program)

function goOnPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((one) => join(one, 'go')).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
