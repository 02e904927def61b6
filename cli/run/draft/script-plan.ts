import { basename, extname } from 'node:path'
import {
  BYTES_PER_VU,
  bytes,
  duration,
  GauntletError,
  type Plan,
  type Target,
} from '../../../reports/run/index.ts'
import {
  labelOf,
  type ScriptFile,
  type ScriptOptions,
  scriptAtMostMs,
  scriptLengthMs,
  toScriptLoads,
} from '../../../scenarios/model/index.ts'
import type { ResolvedSlo } from '../../../slo/model/index.ts'
import { SHORTEST_JUDGED_MS } from '../plan/phases.ts'
import { thresholds } from '../plan/thresholds.ts'
import { placeSlos } from './judge-objectives.ts'

export interface ScriptPlanInputs {
  readonly file: ScriptFile
  readonly options: ScriptOptions
  readonly slos: readonly ResolvedSlo[]
  readonly target: Target
  readonly tools: Plan['tools']
  readonly seed: number
  readonly machineMemoryBytes: number
  readonly allowUndecidable: boolean
}

/** What a run of somebody's own script will do: its scenarios as one judged phase. Pure; refused when it cannot be judged. */
export function scriptPlan(inputs: ScriptPlanInputs): Plan {
  const { file, options, target, tools, seed } = inputs
  const load = toScriptLoads(options, file)
  const durationMs = scriptLengthMs(load)
  refuseMemory(inputs)
  if (!inputs.allowUndecidable) refuseShort(load, durationMs)
  const all = { name: 'all', startMs: 0, durationMs, judged: true, load: true, experiments: [], audits: [] }
  const { objectives, sources } = placeSlos(inputs.slos, [all])
  const name = basename(file.path)
  return {
    schema: 'gauntlet/plan/2',
    name: labelOf(name.slice(0, name.length - extname(name).length)),
    title: `${name} with its own options`,
    why: 'A script of k6, run as it is and judged by objectives that were given with it.',
    ...{ seed, target, tools, load, phases: [all], experiments: [], audits: [] },
    objectives: [...objectives],
    ...(sources.length === 0 ? {} : { sources: [...sources] }),
    thresholdsMs: thresholds(objectives),
    atMostMs: scriptAtMostMs(options),
  }
}

/** What its reader should know before it starts. */
export function scriptFacts({ thresholds }: ScriptOptions, { load }: Plan): string[] {
  const own = Object.keys(thresholds ?? {})
  const closed = load.filter(({ executor }) => executor.kind === 'script' && executor.stages === undefined)
  return [
    ...(own.length === 0
      ? []
      : [`its own thresholds (${own.join(', ')}) may end it early and decide nothing`]),
    ...closed.map(({ title }) => `${title}: no intended start, so its latency counts from the actual start`),
  ]
}

function refuseMemory({ options, machineMemoryBytes, file }: ScriptPlanInputs): void {
  const needed = options.maxVUs * BYTES_PER_VU
  if (needed <= machineMemoryBytes / 2) return
  const why = `its ${options.maxVUs} virtual users take ${bytes(needed)}, more than half of this machine's memory`
  throw new GauntletError('TOO_MANY_USERS', `${file.path}: ${why}`, { hint: 'lower vus, maxVUs or a stage' })
}

/** Where iterations are counted, nobody knows beforehand how long it takes. */
function refuseShort(load: Plan['load'], durationMs: number): void {
  const isKnown = load.every(({ executor }) => executor.kind !== 'script' || !executor.countsIterations)
  if (!isKnown || durationMs >= SHORTEST_JUDGED_MS) return
  throw new GauntletError(
    'TOO_SHORT',
    `the script loads for ${duration(durationMs)}, which is too short to judge`,
    {
      hint: `at least ${duration(SHORTEST_JUDGED_MS)}, or say --allow-undecidable`,
    },
  )
}
