import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Control,
  controlOf,
  duration,
  GauntletError,
  isTaken,
  jsonOf,
  parseDuration,
  type RunContext,
  type Target,
  urlAt,
} from '../../../reports/run/index.ts'
import type { GauntletConfig } from '../../config/config.ts'
import {
  notReady,
  refuseEnded,
  type StartedTarget,
  startTarget,
  type TargetOptions,
} from './started-target.ts'
import { parseTarget, readyBase, standingDescription } from './target-description.ts'

export interface OpenTarget {
  readonly description: Target
  readonly control: Control | undefined
  /** ends what we started; a target that was already running is left as it was */
  close(): Promise<void>
}

const READY_WITHIN_MS = 120_000
const LOOK_EVERY_MS = 50

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
    // one that writes in place may be read in the middle of it
    if (jsonOf(text) !== undefined) return parseTarget(text, 'the file named by GAUNTLET_TARGET_FILE')
    refuseEnded(program)
    if (context.clock.nowUs() > endUs)
      throw notReady(`no ${text === '' ? '' : 'whole '}description after ${limitMs / 1000} s`, program.lines)
    await context.clock.wait(LOOK_EVERY_MS, context.signal)
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
  const base = readyBase(address, description)
  const url = urlAt(base, path)
  const limitMs = parseDuration(within ?? '') ?? READY_WITHIN_MS
  const endUs = context.clock.nowUs() + limitMs * 1000
  for (;;) {
    const reply = await context.http.send({ url, timeoutMs: 2_000 })
    if (isTaken(reply)) return
    refuseEnded(program)
    const answer = reply.status === null ? reply.reason : `status ${reply.status}`
    context.log.doing(`waiting for ${url}, at most ${duration(limitMs)}: ${answer}`)
    if (context.clock.nowUs() > endUs)
      throw neverReady(`${url} gave ${answer} for ${limitMs / 1000} s`, program)
    await context.clock.wait(LOOK_EVERY_MS, context.signal)
  }
}

const neverReady = (why: string, program: StartedTarget | undefined): GauntletError =>
  program === undefined
    ? new GauntletError('TARGET_NOT_READY', `the target was never ready: ${why}`, {
        exit: 'machinery',
        hint: 'gauntlet does not start it: start it, or mend its address in the config',
      })
    : notReady(why, program.lines)
