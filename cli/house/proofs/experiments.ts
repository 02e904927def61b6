import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Experiment, parseExperiment } from '../../../chaos/index.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { type ExperimentResult, runExperiment } from '../experiments/run-experiment.ts'
import { listenForInterrupts } from '../instrument/interrupts.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'

const CATALOG = resolve(import.meta.dirname, '../../../chaos/catalog')
const experiments = readCatalog()
let interrupted: AbortSignal | undefined

export const proof: ProofWork = {
  claim: `each of the ${experiments.length} experiments on Plaza ends as its file foretells, its fault confirmed and proven gone; with the act taken out each is invalid`,
  trials: experiments.length,
  seed: 20261122,
  prepare: async () => {
    const listening = listenForInterrupts()
    interrupted = listening.interrupted
    return { [Symbol.asyncDispose]: async () => listening.release() }
  },
  trial: async (_seed, index): Promise<TrialResult> => {
    const { metadata, spec } = experiments[index]!
    const foretold = spec.run?.foretells ?? 'met'
    const { real, runs } = await measuredWell(metadata.name)
    const without = await run({ name: metadata.name, isTakenOut: true })
    const isForetold = real.verdict === foretold && real.proof === 'confirmed' && real.undo === 'proven gone'
    const isUnmeasured = isTainted(real)
    return {
      experiment: metadata.name,
      runs,
      ...{ foretold, verdict: real.verdict, proof: real.proof, undo: real.undo, why: real.why },
      ...{ without: without.verdict, withoutProof: without.proof, withoutWhy: without.why },
      unmeasured: Number(isUnmeasured),
      wrong:
        Number(!isForetold && !isUnmeasured) +
        Number(without.verdict !== 'invalid' || without.proof === 'confirmed'),
    }
  },
  conclude,
}

function readCatalog(): readonly Experiment[] {
  const files = readdirSync(CATALOG).filter((file) => file.endsWith('.experiment.yaml'))
  return files.flatMap((file) => {
    const { value } = parseExperiment(readFileSync(join(CATALOG, file), 'utf8'), file)
    return value?.spec.run === undefined ? [] : [value]
  })
}

const run = (which: { readonly name: string; readonly isTakenOut: boolean }): Promise<ExperimentResult> =>
  runExperiment({ ...which, ...(interrupted && { interrupted }) })

const MOST_RUNS = 5

/** One whose instrument failed (a starved generator) is run again, as it asks for itself: it says nothing. */
async function measuredWell(name: string): Promise<{ real: ExperimentResult; runs: number }> {
  for (let runs = 1; ; runs++) {
    const real = await run({ name, isTakenOut: false })
    if (!isTainted(real) || runs === MOST_RUNS) return { real, runs }
    console.log(`${name} once more: ${real.why}`)
  }
}

/** Invalid, though its fault was there and is gone. */
const isTainted = ({ verdict, proof, undo }: ExperimentResult): boolean =>
  verdict === 'invalid' && proof === 'confirmed' && undo === 'proven gone'

function conclude(results: readonly TrialResult[]): Conclusion {
  const counts = {
    events: 2 * results.length,
    bad: results.reduce((sum, { wrong }) => sum + Number(wrong), 0),
  }
  const isMeasured = results.every(({ unmeasured }) => unmeasured === 0)
  return {
    verdict: counts.bad > 0 ? 'violated' : isMeasured ? 'met' : 'inconclusive',
    figure: counts.bad / counts.events,
    interval: [lowerBound(counts), upperBound(counts)],
    unit: 'share of runs that ended otherwise',
  }
}
