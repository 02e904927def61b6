import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { Failure } from '../platform/failure.ts'

/** The user that PostgreSQL, which refuses to run as root, runs as instead. */
export const nobody = { uid: 65534, gid: 65534 } as const

export const isRoot = process.getuid?.() === 0

const checkout = path.resolve(import.meta.dirname, '..')

/**
 * Where Plaza keeps things on this machine. As root it is a folder that PostgreSQL's user can reach, which a
 * checkout under root's closed home is not.
 */
export function homeFolder(): string {
  if (isRoot) return '/var/tmp/gauntlet-plaza-0'
  const state = process.env['XDG_STATE_HOME'] || path.join(homeOfUser(), '.local/state')
  return path.join(state, 'gauntlet-plaza')
}

function homeOfUser(): string {
  try {
    return homedir()
  } catch (cause) {
    throw refused('this user has no home', cause)
  }
}

/** One folder for each checkout and block of ports: two Plazas never share one. */
export function defaultDataFolder(base: number): string {
  const key = createHash('sha256').update(checkout).digest('hex').slice(0, 10)
  return path.join(homeFolder(), `${key}-${base}`)
}

export interface DataFolder {
  readonly root: string
  readonly logs: string
  readonly clocks: string
  readonly postgres: string
  readonly cluster: string
  /** A database that did not work. */
  readonly postgresAside: string
  readonly seedMarker: string
  readonly passwordFile: string
  readonly tokenFile: string
  readonly lockFile: string
  readonly targetFile: string
}

export function layOut(root: string): DataFolder {
  return {
    root,
    logs: path.join(root, 'logs'),
    clocks: path.join(root, 'clocks'),
    postgres: path.join(root, 'postgres'),
    cluster: path.join(root, 'postgres/cluster'),
    postgresAside: path.join(root, 'postgres.set-aside'),
    seedMarker: path.join(root, 'seeded.json'),
    passwordFile: path.join(root, 'postgres.password'),
    tokenFile: path.join(root, 'control.token'),
    lockFile: path.join(root, 'supervisor.lock'),
    targetFile: path.join(root, 'target.json'),
  }
}

/** Makes the folder, and refuses one that PostgreSQL's user could not reach. */
export function openDataFolder(root: string): DataFolder {
  const folder = layOut(openFolder(path.resolve(root)))
  mkdirSync(folder.logs, { recursive: true, mode: 0o700 })
  if (isRoot) assertReachable(folder.root)
  return folder
}

/** Makes a folder that is ours and that we can write to, or refuses. */
export function openFolder(place: string): string {
  try {
    mkdirSync(place, { recursive: true, mode: 0o755 })
    accessSync(place, constants.W_OK)
  } catch (cause) {
    throw refused(`cannot write to the folder ${place}`, cause)
  }
  // In a folder that all may write to, another user could have made ours before us.
  const { uid } = statSync(place)
  if (process.getuid === undefined || uid === process.getuid()) return place
  throw refused(`the folder ${place} belongs to another user (uid ${uid})`)
}

function refused(sentence: string, cause?: unknown): Failure {
  const hint = `choose another one with --data${isRoot ? '' : ', or another place for state with XDG_STATE_HOME'}`
  return new Failure(sentence, { hint, exitCode: 2, cause })
}

/** Each folder on the way must let others pass; the last one is ours, and we open it (to pass, not to list). */
function assertReachable(root: string): void {
  const mode = statSync(root).mode
  if ((mode & 0o001) === 0) chmodSync(root, mode | 0o011)
  for (let place = path.dirname(root); ; place = path.dirname(place)) {
    if ((statSync(place).mode & 0o001) === 0) throw unreachable(root, place)
    if (place === path.dirname(place)) return
  }
}

function unreachable(root: string, closed: string): Failure {
  return new Failure(
    `as root, PostgreSQL runs as uid ${nobody.uid}, which cannot reach ${root}: ${closed} is closed to it`,
    { hint: 'choose a folder that everybody can pass, such as one in /var/tmp, with --data', exitCode: 2 },
  )
}
