import { parseArgs } from 'node:util'
import { Failure } from '../platform/failure.ts'
import { blockSize, firstBlock } from './ports.ts'

export interface Options {
  /** The first port of the wished block; `undefined`: 7300, or the next block that is free. */
  readonly port: number | undefined
  readonly data: string | undefined
  readonly describe: boolean
  /** Whether the clock of each service can be set apart from the machine's. */
  readonly skewableClocks: boolean
  readonly help: boolean
}

export const help = `Plaza, the reference platform: a marketplace to test against.

usage: plaza [options]     in a clone: npm run plaza -- [options]

  --port N      the first of the ${blockSize} ports it uses; taken: refused (default ${firstBlock}, or the next free block)
  --data DIR    where it keeps its database, logs and control token
  --describe    print the description as JSON and start nothing
  --skewable-clocks
                start the services with libfaketime, so that TimeChaos can skew their clocks
  --help        this text

It says where it is when it is ready, and stops in order on Ctrl-C or SIGTERM.
With GAUNTLET_TARGET_FILE set, the description is written to that file when it is ready.
`

export function parseOptions(args: readonly string[]): Options {
  const values = parse(args)
  return {
    port: values.port === undefined ? undefined : parsePort(values.port),
    data: values.data,
    describe: values.describe ?? false,
    skewableClocks: values['skewable-clocks'] ?? false,
    help: values.help ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        describe: { type: 'boolean' },
        'skewable-clocks': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error)
    throw new Failure(sentence, { hint: 'see --help', exitCode: 2 })
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1024 && port + blockSize <= 65_536) return port
  throw new Failure(`--port ${text} is not a port from 1024 to ${65_536 - blockSize}`, { exitCode: 2 })
}
