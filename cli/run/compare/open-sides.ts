import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComparedSide, ProcessIdentity, RunContext, SideName } from '../../../reports/run/index.ts'
import { identify, isAlive } from '../../process/identity.ts'
import { type OpenTarget, openTarget } from '../target.ts'
import type { SidePorts } from './side-ports.ts'
import type { Side } from './sides.ts'

/** A side that is ready to be measured. */
export interface OpenSide {
  readonly compared: ComparedSide
  readonly target: OpenTarget['description']
  readonly processes: readonly ProcessIdentity[]
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
  const named = target.processes.flatMap(({ name, pid, startedAt }) => {
    const identity =
      startedAt === undefined ? identify(pid) : pid === undefined ? undefined : { pid, startedAt }
    return identity === undefined ? [] : [{ name, ...identity }]
  })
  const { given } = side
  const { name, version } = target
  return {
    compared: { given, name, version, processes: named.map((one) => one.name) },
    target,
    processes: named.map(({ pid, startedAt }) => ({ pid, startedAt })),
    changes: async () => [
      ...named.filter((one) => !isAlive(one)).map((one) => endedInWords(side.side, one)),
      ...(await newVersion(side.side, opened)),
    ],
    close: opened.close,
  }
}

const endedInWords = (side: SideName, { name, pid }: { name: string; pid: number }): string =>
  `process ${name} (${pid}) of the ${side} ended`

async function newVersion(side: SideName, { control, description }: OpenTarget): Promise<string[]> {
  const now = await control?.describe()
  if (now === undefined || now.version === description.version) return []
  return [`the ${side} was version ${description.version} and is ${now.version}`]
}
