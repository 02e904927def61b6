import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Experiment, parseExperiment } from '../../../chaos/index.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { type ExperimentResult, runExperiment } from '../experiments/run-experiment.ts'
import { listenForInterrupts } from '../instrument/interrupts.ts'
import { MOST_OTHER_WORK, otherWorkWords, watchOtherWork } from '../instrument/other-work.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'

const CATALOG = resolve(import.meta.dirname, '../../../chaos/catalog')
/** Beside too much other work a run is made once more; then it counts as it is. */
const AGAIN = 1

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
    const real = await quietly({ name: metadata.name, isTakenOut: false })
    const without = await quietly({ name: metadata.name, isTakenOut: true })
    const isForetold = real.verdict === foretold && real.proof === 'confirmed' && real.undo === 'proven gone'
    return {
      experiment: metadata.name,
      ...{ foretold, verdict: real.verdict, proof: real.proof, undo: real.undo, why: real.why },
      ...{ without: without.verdict, withoutProof: without.proof, withoutWhy: without.why },
      wrong: Number(!isForetold) + Number(without.verdict !== 'invalid' || without.proof === 'confirmed'),
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

async function quietly(run: {
  readonly name: string
  readonly isTakenOut: boolean
}): Promise<ExperimentResult> {
  for (let again = 0; ; again++) {
    const otherWork = watchOtherWork()
    const result = await runExperiment({ ...run, ...(interrupted && { interrupted }) })
    if (otherWork.ratio() <= MOST_OTHER_WORK || again === AGAIN) return result
    console.log(`${run.name} once more: ${otherWorkWords(otherWork.ratio())}`)
  }
}

function conclude(results: readonly TrialResult[]): Conclusion {
  const counts = {
    events: 2 * results.length,
    bad: results.reduce((sum, { wrong }) => sum + Number(wrong), 0),
  }
  return {
    verdict: counts.bad === 0 ? 'met' : 'violated',
    figure: counts.bad / counts.events,
    interval: [lowerBound(counts), upperBound(counts)],
    unit: 'share of runs that ended otherwise',
  }
}
