import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import {
  type Control,
  controlOf,
  duration,
  type Ended,
  GauntletError,
  isTaken,
  parseDuration,
  type RunContext,
  Target,
} from '../../../reports/run/index.ts'
import type { GauntletConfig } from '../../config/config.ts'

export interface OpenTarget {
  readonly description: Target
  readonly control: Control | undefined
  /** ends what we started; a target that was already running is left as it was */
  close(): Promise<void>
}

export interface TargetOptions {
  readonly config: GauntletConfig['target']
  /** first of the ports that the target may take, from --port */
  readonly port?: number
}

const isTarget = Compile(Target)
const READY_WITHIN_MS = 120_000
const LOOK_EVERY_MS = 50
const LINES_SHOWN = 12

/** Starts the target when the config says how, waits until it is ready, and reads its description. */
export async function openTarget(options: TargetOptions, context: RunContext): Promise<OpenTarget> {
  const { config } = options
  if (config.start === undefined) {
    const description = await standingDescription(config, context)
    return ready({ config, description, close: async () => {} }, context)
  }
  const descriptionFile = join(context.scratch, 'target.json')
  const program = startTarget(options, descriptionFile, context)
  const close = async (): Promise<void> => void (await program.stop())
  try {
    const description = await describedBy(program, descriptionFile, config, context)
    return await ready({ config, description, close, program }, context)
  } catch (error) {
    await close()
    throw error
  }
}

interface StartedTarget {
  stop(): Promise<Ended>
  /** how it ended; undefined while it runs */
  readonly ended: Ended | undefined
  /** the last lines that it wrote */
  readonly lines: readonly string[]
}

function startTarget(
  { config, port }: TargetOptions,
  descriptionFile: string,
  context: RunContext,
): StartedTarget {
  const { file, args } = programOf(config.start!.command)
  const flag = config.start!.port?.flag
  const lines: string[] = []
  const keep = (line: string): void => {
    lines.push(line)
    if (lines.length > LINES_SHOWN) lines.shift()
  }
  const program = context.exec.start({
    file,
    args: port === undefined || flag === undefined ? args : [...args, flag, String(port)],
    cwd: context.projectRoot,
    environment: { ...config.start!.environment, GAUNTLET_TARGET_FILE: descriptionFile },
    onLine: keep,
    onErrorLine: keep,
  })
  let ended: Ended | undefined
  void program.ended.then((how) => {
    ended = how
  })
  return {
    stop: () => program.stop(10_000),
    get ended() {
      return ended
    },
    lines,
  }
}

async function describedBy(
  program: StartedTarget,
  descriptionFile: string,
  config: GauntletConfig['target'],
  context: RunContext,
): Promise<Target> {
  if (config.description !== undefined) return standingDescription(config, context)
  const limitMs = parseDuration(config.start?.within ?? '') ?? READY_WITHIN_MS
  const endUs = context.clock.nowUs() + limitMs * 1000
  for (;;) {
    const text = existsSync(descriptionFile) ? await readFile(descriptionFile, 'utf8') : ''
    if (isWhole(text)) return parseTarget(text, 'the file named by GAUNTLET_TARGET_FILE')
    refuseEnded(program)
    if (context.clock.nowUs() > endUs)
      throw notReady(`no ${text === '' ? '' : 'whole '}description after ${limitMs / 1000} s`, program.lines)
    await context.clock.wait(LOOK_EVERY_MS, context.signal)
  }
}

/** A target that writes in place may be read in the middle of it. */
function isWhole(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

interface Described {
  readonly config: GauntletConfig['target']
  readonly description: Target
  /** absent for a target that was running already */
  readonly program?: StartedTarget
  close(): Promise<void>
}

async function ready(described: Described, context: RunContext): Promise<OpenTarget> {
  const { config, description, close } = described
  if (config.ready !== undefined) await answers(config.ready, described, context)
  const control = controlOf(description, context.http)
  return { description: control ? await control.describe() : description, control, close }
}

async function answers(
  { address, path, within }: NonNullable<GauntletConfig['target']['ready']>,
  { description, program }: Described,
  context: RunContext,
): Promise<void> {
  const base = description.addresses[address]
  if (base === undefined)
    throw new GauntletError(
      'NO_ADDRESS',
      `the target has no address "${address}" to ask whether it is ready`,
      {
        hint: `it has ${Object.keys(description.addresses).join(', ')}`,
      },
    )
  const url = new URL(path, base).href
  const limitMs = parseDuration(within ?? '') ?? READY_WITHIN_MS
  const endUs = context.clock.nowUs() + limitMs * 1000
  for (;;) {
    const reply = await context.http.send({ url, timeoutMs: 2_000 })
    if (isTaken(reply)) return
    refuseEnded(program)
    const answer = reply.status === null ? reply.reason : `status ${reply.status}`
    context.log.doing(`waiting for ${url}, at most ${duration(limitMs)}`)
    if (context.clock.nowUs() > endUs)
      throw notReady(`${url} gave ${answer} for ${limitMs / 1000} s`, program?.lines ?? [])
    await context.clock.wait(LOOK_EVERY_MS, context.signal)
  }
}

function refuseEnded(program: StartedTarget | undefined): void {
  if (program?.ended !== undefined)
    throw notReady(`it ended first (${howItEnded(program.ended)})`, program.lines)
}

function notReady(why: string, lines: readonly string[]): GauntletError {
  const last =
    lines.length > 0 ? `its last lines:\n${lines.map((line) => `    ${line}`).join('\n')}` : undefined
  return new GauntletError('TARGET_NOT_READY', `the target was never ready: ${why}`, {
    exit: 'machinery',
    ...(last === undefined ? {} : { hint: last }),
  })
}

function howItEnded({ exitCode, signal, failedToStart }: Ended): string {
  return failedToStart ?? (signal === null ? `exit ${exitCode}` : signal)
}

/** The description without starting anything: from the config, or from the command that prints it. */
export async function standingDescription(
  config: GauntletConfig['target'],
  context: Pick<RunContext, 'exec' | 'projectRoot'>,
): Promise<Target> {
  if (config.description !== undefined) return fromConfig(config.description)
  const command = config.describe?.command
  if (command === undefined)
    throw new GauntletError(
      'NO_DESCRIPTION',
      'the config does not describe the target, so nothing can be refused before it is started',
      {
        hint: 'give target.description, or target.describe with a command that prints it, in gauntlet.config.ts',
      },
    )
  const { file, args } = programOf(command)
  const ended = await context.exec.run({ file, args, cwd: context.projectRoot, timeoutMs: 30_000 })
  if (ended.exitCode !== 0)
    throw new GauntletError(
      'NO_DESCRIPTION',
      `${command.join(' ')} did not describe the target (${howItEnded(ended)})`,
      {
        hint: ended.stderr.trim().split('\n').slice(-3).join('\n'),
      },
    )
  return parseTarget(ended.stdout, command.join(' '))
}

/** `node` is the one that runs gauntlet: the one on the PATH may be too old for the target. */
function programOf([first = '', ...args]: readonly string[]): { file: string; args: string[] } {
  return { file: first === 'node' ? process.execPath : first, args }
}

function fromConfig(given: NonNullable<GauntletConfig['target']['description']>): Target {
  const target: Target = {
    schema: 'gauntlet/target/1',
    name: 'target',
    version: 'unknown',
    addresses: {},
    processes: [],
    links: [],
    switches: [],
    facts: [],
    logs: [],
    ...given,
  }
  return withAddresses(target, 'gauntlet.config.ts')
}

function parseTarget(text: string, from: string): Target {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new GauntletError('BAD_DESCRIPTION', `${from} is not JSON`, { cause })
  }
  if (isTarget.Check(value)) return withAddresses(value, from)
  const [first] = isTarget.Errors(value)
  throw new GauntletError(
    'BAD_DESCRIPTION',
    `${from} is no target description: ${first?.instancePath} ${first?.message}`,
    {
      hint: 'reports/run/target.schema.json says how it must look',
    },
  )
}

/** A schema cannot tell that `http://127.0.0.1:80800` leads nowhere. */
function withAddresses(target: Target, from: string): Target {
  for (const [name, address] of Object.entries(target.addresses))
    if (!URL.canParse(address))
      throw new GauntletError(
        'BAD_ADDRESS',
        `${from} gives "${name}" the address ${address}, which is no URL`,
        {
          hint: 'such as http://127.0.0.1:7300; ports go up to 65535',
        },
      )
  return target
}

/** A target that is already running, by the file that it wrote. */
export async function attachTarget(file: string): Promise<Target> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new GauntletError('NO_TARGET', `there is no target description at ${file}`, {
      cause,
      hint: 'a running Plaza has it in the data folder that it names, as target.json, and where GAUNTLET_TARGET_FILE says',
    })
  })
  return parseTarget(text, file)
}
