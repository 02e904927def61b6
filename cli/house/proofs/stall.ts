import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { GauntletError } from '../../../reports/run/index.ts'
import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'
import { healthyRun } from '../instrument/healthy-run.ts'
import { pauseClerk } from '../instrument/pause-clerk.ts'
import { openScene, type Scene } from '../instrument/scene.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'
import { generatorsOwnMs } from './stall/generators-own.ts'

/** As `stall.plan.yaml` and its scenario say. */
const PLAN = { name: 'stall', ratePerSecond: 500, fromSecond: 2, toSecond: 22, quantile: 0.99 }
const STALL = { forMs: 1_400, earliestMs: 5_000, latestMs: 19_000 }
/** With 50 virtual users instead of 800, in every fifth trial: what is read by who cannot ask in time. */
const FEW = { plan: 'stall-with-few', every: 5 }
const MOST_ERROR = 0.05
/** The clerk's record ends where it answers: k6, kept from reading the answer by others, would rightly say more. */
const PATIENCE_MS = 120_000
/** Else who asks while the clerk is stopped is turned away by the kernel. */
const BACKLOG = 4096
const TRUTH = join(import.meta.dirname, 'stall/truth.ts')

const Truth = Type.Object({ events: Type.Integer(), quantileMs: Type.Number(), longestMs: Type.Number() })
const isTruth = Compile(Truth)

let scene: Scene | undefined

export const proof: ProofWork = {
  claim:
    'when a target of 500 requests a second stands still for 1.4 s, our p99 is within 5 % of the truth that the schedule and the record of the target give',
  trials: 10,
  seed: 20261121,
  prepare: async () => {
    const backlog = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'))
    if (backlog < BACKLOG)
      throw new GauntletError('SHORT_BACKLOG', `the kernel lets only ${backlog} wait for a program`, {
        hint: `sysctl -w net.core.somaxconn=${BACKLOG}`,
      })
    scene = await openScene('stall')
    return scene
  },
  trial: async (seed, index) => {
    const { forMs, earliestMs, latestMs } = STALL
    const fromMs = Math.round(earliestMs + mulberry32(seed)() * (latestMs - earliestMs))
    const { verdict, oursMs, uncorrectedMs } = await stalledRun(PLAN.name, { fromMs, forMs })
    const truth = await truthOf(scene!)
    const few = index % FEW.every === 0 ? await stalledRun(FEW.plan, { fromMs, forMs }) : undefined
    return {
      ...{ fromMs, truthMs: rounded(truth.quantileMs), oursMs: rounded(oursMs) },
      ...{ uncorrectedMs: rounded(uncorrectedMs), ratio: Number((oursMs / truth.quantileMs).toFixed(4)) },
      ...{ longestMs: rounded(truth.longestMs), verdict },
      ...(few && { fewUncorrectedMs: rounded(few.uncorrectedMs), fewOursMs: rounded(few.oursMs) }),
    }
  },
  conclude,
}

async function stalledRun(plan: string, stall: { readonly fromMs: number; readonly forMs: number }) {
  const how = { plan, disturb: pauseClerk(stall), patienceMs: PATIENCE_MS }
  const { verdict, folder } = await healthyRun(how, scene!)
  return {
    oursMs: verdict.objectives[0]?.value ?? 0,
    uncorrectedMs: generatorsOwnMs(folder, PLAN.fromSecond, PLAN.quantile),
    verdict: verdict.verdict,
  }
}

/** Of another program, which knows nothing of the judge. */
async function truthOf({ project, exec }: Scene): Promise<Static<typeof Truth>> {
  const { ratePerSecond, fromSecond, toSecond, quantile } = PLAN
  const figures = [ratePerSecond, fromSecond, toSecond, quantile].map(String)
  const args = [TRUTH, join(project, 'answered.csv'), ...figures]
  const { stdout, stderr } = await exec.run({ file: process.execPath, args })
  const truth: unknown = stdout === '' ? undefined : JSON.parse(stdout)
  if (isTruth.Check(truth)) return truth
  throw new GauntletError('NO_TRUTH', 'the truth of a run is not known', { exit: 'machinery', hint: stderr })
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10

function conclude(results: readonly TrialResult[]): Conclusion {
  for (const { truthMs, oursMs, uncorrectedMs, ...more } of results) {
    console.log(`truth ${truthMs} ms  ours ${oursMs} ms  uncorrected ${uncorrectedMs} ms`)
    if ('fewOursMs' in more)
      console.log(
        `  with 50 users: at least ${more.fewOursMs} ms  uncorrected ${more['fewUncorrectedMs']} ms`,
      )
  }
  const ratios = results.map(({ ratio }) => Number(ratio)).sort((a, b) => a - b)
  const worst = Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)))
  return {
    verdict: worst <= MOST_ERROR ? 'met' : 'violated',
    figure: Number(worst.toFixed(4)),
    interval: [ratios[0] ?? 0, ratios.at(-1) ?? 0],
    unit: 'relative error of p99, the worst; between them the least and the greatest of ours ÷ truth',
  }
}
