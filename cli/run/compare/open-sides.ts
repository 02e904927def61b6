import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  ComparedSide,
  ProcessIdentity,
  RunContext,
  SideName,
  Target,
} from '../../../reports/run/index.ts'
import { identify, isAlive } from '../../process/identity.ts'
import { type OpenTarget, openTarget } from '../execute/target.ts'
import type { SidePorts } from './side-ports.ts'
import type { Side } from './sides.ts'

/** A side that is ready to be measured. */
export interface OpenSide {
  readonly compared: ComparedSide
  readonly target: OpenTarget['description']
  readonly processes: readonly ProcessIdentity[]
  /** what of it cannot be compared, each in words */
  readonly leftOut: readonly string[]
  /** what of it is not as it was when it was opened, each in words */
  changes(): Promise<string[]>
  close(): Promise<void>
}

/** Starts a build on its own ports, in its own folder; a running target is taken as it is. */
export async function openSide(side: Side, { first }: SidePorts, context: RunContext): Promise<OpenSide> {
  const scratch = join(context.scratch, side.side)
  await mkdir(scratch, { recursive: true })
  const opened = await openTarget(
    { config: side.config, ...(first === undefined ? {} : { port: first }) },
    { ...context, scratch, projectRoot: side.root },
  )
  const { description: target } = opened
  const named = target.processes.map((one) => ({ name: one.name, identity: identityOf(one) }))
  const read = named.flatMap(({ name, identity }) => (identity === undefined ? [] : [{ name, ...identity }]))
  const unread = named.filter(({ identity }) => identity === undefined)
  const { given } = side
  const { name, version } = target
  return {
    compared: { given, name, version, processes: read.map((one) => one.name) },
    target,
    processes: read.map(({ pid, startedAt }) => ({ pid, startedAt })),
    leftOut: unread.map((one) => `CPU time of ${one.name} of the ${side.side}, which tells no pid`),
    changes: async () => [
      ...read.filter((one) => !isAlive(one)).map((one) => endedInWords(side.side, one)),
      ...(await newVersion(side.side, opened)),
    ],
    close: opened.close,
  }
}

/** Undefined without a pid, or when it is gone. */
function identityOf({ pid, startedAt }: Target['processes'][number]): ProcessIdentity | undefined {
  if (startedAt === undefined) return identify(pid)
  return pid === undefined ? undefined : { pid, startedAt }
}

const endedInWords = (side: SideName, { name, pid }: { name: string; pid: number }): string =>
  `process ${name} (${pid}) of the ${side} ended`

/** What no longer answers after the load is a finding, and no reason to lose what was measured. */
async function newVersion(side: SideName, { control, description }: OpenTarget): Promise<string[]> {
  const now = await control?.describe().catch(() => null)
  if (now === null) return [`the control of the ${side} no longer answers`]
  if (now === undefined || now.version === description.version) return []
  return [`the ${side} was version ${description.version} and is ${now.version}`]
}
