import { readFile } from 'node:fs/promises'
import { Compile } from 'typebox/compile'
import {
  GauntletError,
  nearestHint,
  type RunContext,
  Target,
  UNKNOWN_TARGET,
} from '../../../reports/run/index.ts'
import type { GauntletConfig } from '../../config/config.ts'
import { howItEnded, programOf } from './target-command.ts'

const isTarget = Compile(Target)

/** The description without starting anything: from the config, or from the command that prints it. */
export async function standingDescription(
  config: GauntletConfig['target'],
  context: Pick<RunContext, 'exec' | 'projectRoot'>,
): Promise<Target> {
  const description = await describedStanding(config, context)
  if (config.ready !== undefined && Object.keys(description.addresses).length > 0)
    readyBase(config.ready.address, description)
  return description
}

/** The address by which it is asked whether it is ready; refuses a name that leads nowhere. */
export function readyBase(name: string, { addresses }: Target): string {
  const base = addresses[name]
  if (base !== undefined) return base
  throw new GauntletError('NO_ADDRESS', `the target has no address "${name}" to ask whether it is ready`, {
    hint: nearestHint(name, Object.keys(addresses)),
  })
}

async function describedStanding(
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

function fromConfig(given: NonNullable<GauntletConfig['target']['description']>): Target {
  return withAddresses({ ...UNKNOWN_TARGET, name: 'target', ...given }, 'gauntlet.config.ts')
}

export function parseTarget(text: string, from: string): Target {
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
