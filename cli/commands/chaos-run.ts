import { Command, InvalidArgumentError } from 'commander'
import { parseDuration } from '../../reports/run/index.ts'
import { loadProject } from '../config/load-config.ts'
import { attendRun } from '../run/attend.ts'
import type { RunOptions } from '../run/request.ts'
import type { AddCommand } from './add-command.ts'
import { withRunOptions } from './run-options.ts'

interface Options extends RunOptions {
  readonly for?: number
  readonly load: boolean
  readonly faultOnly: boolean
  readonly lease?: number
}

export const chaosRunCommand: AddCommand = (terminal, end) =>
  withRunOptions(new Command('run'))
    .argument('<experiment>', 'name of an experiment; gauntlet chaos list shows them')
    .option(
      '--for <duration>',
      'how long the fault is on, unless its manifest says so (default: as its file says for a run with load, else 30s; with --fault-only 15m)',
      length,
    )
    .option('--no-load', 'without load, also where the experiment says what to drive')
    .option('--fault-only', 'people take the fault back, and are timed; without load', false)
    .option(
      '--lease <duration>',
      'taken back when gauntlet was not heard of for so long (default: 30s)',
      lease,
    )
    .description('Run one experiment: steady state, fault, its proof, its undo, steady state.')
    .addHelpText('after', HELP)
    .action(async (name: string, options: Options) => {
      const project = await loadProject(terminal.cwd, options.config)
      const { lease: leaseMs, for: forMs, load, faultOnly, ...others } = options
      const asked = forMs === undefined ? {} : { forMs }
      const experiment = { name, ...asked, underLoad: load && !faultOnly, faultOnly }
      const more = leaseMs === undefined ? {} : { leaseMs }
      end(await attendRun({ ...others, ...more, plan: name, project, experiment }, terminal))
    })

const HELP = `
With a load, as its file says in \`run\`, the verdict is that of its objectives. Without one, exit 0 says that the fault
was seen, is proven gone, and the steady state held before and after it.

With --fault-only, gauntlet takes nothing back by itself: it tells what is still wrong until the fault is gone and the
steady state holds again, and how long that took. Enter says that you noticed it. When the time of --for is over, or
with Ctrl-C, gauntlet takes it back as always.

Examples:
  gauntlet chaos run kill-order-worker
  gauntlet chaos run gateway-catalogue-slow --no-load --for 10s
  gauntlet chaos run pause-catalogue --for 10s --target plaza.json
  gauntlet chaos run gateway-catalogue-cut --fault-only --for 20m --target plaza.json`

/** Of a machine that is busy, less would be taken for a stop. */
const SHORTEST_LEASE_MS = 300

function lease(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms < SHORTEST_LEASE_MS)
    throw new InvalidArgumentError(`a length of ${SHORTEST_LEASE_MS} ms or more is expected, such as 30s.`)
  return ms
}

/** Shared by what takes the length of a fault: whole seconds, in ms. */
export function length(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined || ms <= 0 || ms % 1000 !== 0)
    throw new InvalidArgumentError('whole seconds are expected, such as 30s or 2m.')
  return ms
}
