import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { GauntletError, type Verdict } from '../../../reports/run/index.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'
import { healthyRun } from '../instrument/healthy-run.ts'
import { type MeasuredRun, measuredRun } from '../instrument/measured-run.ts'
import { pauseClerk } from '../instrument/pause-clerk.ts'
import { openScene, type Scene } from '../instrument/scene.ts'
import { STARVATIONS } from '../instrument/starvation/index.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'

/** 2 s to warm up and 16 s that are judged. */
const [PLAN, LENGTH_MS] = ['steady', 18_000]
const WHEN_QUIET = { plan: PLAN, patienceMs: 120_000 }
/** In every fifth trial the clerk pauses, so that ten of them do. */
const PAUSE = { every: 5, forMs: 5_000, earliestMs: 4_000, latestMs: 11_000 }
const KEPT = resolve(import.meta.dirname, '../../../.gauntlet/proofs')

let scene: Scene | undefined

export const proof: ProofWork = {
  claim:
    'a starved generator makes a run invalid, never met: 50 of 50, by three kinds of starvation; of 50 healthy runs beside them none is invalid; a target that pauses for 5 s is violated, not invalid',
  trials: 50,
  seed: 20261121,
  prepare: async () => {
    scene = await openScene('starved')
    return scene
  },
  trial: async (seed, index) => {
    const draw = mulberry32(seed)
    const kinds = possibleStarvations()
    const { name, starve } = kinds[index % kinds.length]!
    const harshness = Number(draw().toFixed(2))
    const starved = await measuredRun(PLAN, scene!, (run) => starve(run, { harshness, lengthMs: LENGTH_MS }))
    keepUnless(starved.verdict.verdict === 'invalid', starved, `starved-${seed}`)
    const healthy = await healthyRun(WHEN_QUIET, scene!)
    keepUnless(healthy.verdict.verdict !== 'invalid', healthy, `healthy-${seed}`)
    const paused = index % PAUSE.every === 0 ? await pausedRun(draw(), seed) : undefined
    return {
      ...{ kind: name, harshness, starved: starved.verdict.verdict, found: foundIn(starved.verdict) },
      ...{ healthy: healthy.verdict.verdict, otherWork: Number(healthy.otherWorkRatio.toFixed(3)) },
      ...(paused === undefined ? {} : { paused: paused.verdict.verdict }),
    }
  },
  conclude,
}

function possibleStarvations() {
  const possible = STARVATIONS.filter(({ whyNot }) => whyNot() === undefined)
  if (possible.length >= 2) return possible
  const missing = STARVATIONS.map(({ name, whyNot }) => `${name}: ${whyNot() ?? 'possible'}`)
  throw new GauntletError('TOO_FEW_KINDS', 'fewer than two kinds of starvation are possible here', {
    hint: missing.join('; '),
  })
}

async function pausedRun(drawn: number, seed: number): Promise<MeasuredRun> {
  const fromMs = PAUSE.earliestMs + drawn * (PAUSE.latestMs - PAUSE.earliestMs)
  const run = await healthyRun({ ...WHEN_QUIET, disturb: pauseClerk({ fromMs, forMs: PAUSE.forMs }) }, scene!)
  keepUnless(run.verdict.verdict === 'violated', run, `paused-${seed}`)
  return run
}

const foundIn = ({ findings }: Verdict): string => findings.map(({ kind }) => kind).join(' ')

/** What was called wrongly can be looked at. */
function keepUnless(isRight: boolean, { folder }: MeasuredRun, name: string): void {
  if (isRight) return
  const kept = resolve(KEPT, name)
  cpSync(folder, kept, { recursive: true })
  console.log(`called wrongly; its record is kept in ${kept}`)
}

function conclude(results: readonly TrialResult[]): Conclusion {
  const paused = results.filter((one) => 'paused' in one)
  const wrong = {
    starved: results.filter(({ starved }) => starved !== 'invalid').length,
    healthy: results.filter(({ healthy }) => healthy === 'invalid').length,
    paused: paused.filter((one) => one['paused'] !== 'violated').length,
  }
  for (const name of new Set(results.map(({ kind }) => kind))) {
    const own = results.filter(({ kind }) => kind === name)
    console.log(
      `${name}: ${own.filter(({ starved }) => starved === 'invalid').length} of ${own.length} invalid`,
    )
  }
  console.log(
    `healthy: ${results.length - wrong.healthy} of ${results.length} not invalid, ${results.filter(({ healthy }) => healthy === 'met').length} met`,
  )
  console.log(`paused: ${paused.length - wrong.paused} of ${paused.length} violated`)
  const counts = {
    events: 2 * results.length + paused.length,
    bad: wrong.starved + wrong.healthy + wrong.paused,
  }
  return {
    verdict: counts.bad === 0 ? 'met' : 'violated',
    figure: counts.bad / counts.events,
    interval: [lowerBound(counts), upperBound(counts)],
    unit: 'share of runs called wrongly',
  }
}
