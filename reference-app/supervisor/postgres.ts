import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Connection } from '../platform/database/connection.ts'
import { databaseUser } from '../platform/database/connection.ts'
import { Failure } from '../platform/failure.ts'
import { postgresSettings, toArguments } from '../platform/postgres/settings.ts'
import type { Children, Launch } from './children.ts'
import { type DataFolder, isRoot, nobody } from './data-folder.ts'
import type { LogFile } from './log-file.ts'
import type { ProcessPlan } from './supervised.ts'

const user = isRoot ? nobody : undefined

/** PostgreSQL's process: it stops by SIGINT (fast), and by SIGQUIT (at once, recovering at the next start). */
export function postgresPlan(home: string, folder: DataFolder, connection: Connection): ProcessPlan {
  const settings = toArguments(postgresSettings(connection.port))
  return {
    name: 'postgres',
    launch: postgresLaunch(home, 'postgres', ['-D', folder.cluster, ...settings]),
    probe: () => answers(connection),
    graceMs: 8_000,
  }
}

/** Makes an empty cluster. The password never appears on a command line. */
export async function initialise(
  home: string,
  folder: DataFolder,
  { password, children, log }: { password: string; children: Children; log: LogFile },
): Promise<void> {
  rmSync(folder.postgres, { recursive: true, force: true })
  mkdirSync(folder.postgres, { mode: 0o700 })
  const passwordFile = path.join(folder.postgres, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) for (const place of [folder.postgres, passwordFile]) chownSync(place, user.uid, user.gid)
  const launch = postgresLaunch(home, 'initdb', initdbArguments(folder.cluster, passwordFile))
  const how = await children.start(launch, log).ended
  rmSync(passwordFile, { force: true })
  if (how !== 'exit 0') throw new Failure(`initdb failed (${how}): ${log.lastLine}`)
}

/** Scram rather than trust: on loopback too, any user of the machine could otherwise become its superuser. */
function initdbArguments(cluster: string, passwordFile: string): string[] {
  return [
    ...['-D', cluster, '-U', databaseUser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--no-sync', '--no-instructions'],
  ]
}

function postgresLaunch(home: string, program: string, args: readonly string[]): Launch {
  return {
    file: path.join(home, 'bin', program),
    args,
    env: process.env,
    user,
    ipc: false,
    endings: ['SIGINT', 'SIGQUIT'],
  }
}

async function answers(connection: Connection): Promise<boolean> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 1_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
