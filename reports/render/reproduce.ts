import type { Reproduce } from '../page/page-data.ts'
import type { Plan } from '../run/plan.ts'
import type { RunRecord } from '../run/record.ts'
import type { Run } from '../run/run.ts'
import { bytes, list } from '../run/words/words.ts'

/** The commands that do it again, and with what it was done. */
export function reproduce({ run, plan, complete }: RunRecord): Required<Reproduce> {
  const switches = run.switches.map((name) => ` --switch ${shellWord(name)}`).join('')
  const options = `${plan.seed === 1 ? '' : ` --seed ${plan.seed}`}${run.allowUndecidable ? ' --allow-undecidable' : ''}`
  const { cores, memoryBytes, system } = run.machine
  const k6 = run.k6 === undefined ? [] : [`k6 ${run.k6.version} (${run.k6.origin})`]
  return {
    run: `npx gauntlet ${whatRan(run, plan)}${switches}${options}`,
    judge: `npx gauntlet judge ${shellWord(run.id)}`,
    facts: [
      ['Target', `${run.target.name} ${run.target.version}, ${switchWords(run.switches)}`],
      ['Plan', `${plan.name}, seed ${plan.seed}`],
      ['Machine', `${cores} cores, ${bytes(memoryBytes)}, ${system}`],
      ['Programs', [`gauntlet ${run.gauntlet}`, `Node ${run.node}`, ...k6].join(', ')],
      ['Record', complete ? 'complete, its SHA-256 sums hold' : 'no index: the run crashed'],
    ],
  }
}

/** A script was given by its path; which files and variables were given with it is no part of the record. */
function whatRan({ alone }: Run, plan: Plan): string {
  const [first] = plan.load
  if (first?.executor.kind === 'script') return `run ${shellWord(first.journey)} --slo FILE`
  return alone ? `chaos run ${shellWord(plan.name)}${howAlone(plan)}` : `run ${shellWord(plan.name)}`
}

/** An experiment has no phases of its own: what it was asked for is seen in those that were made for it. */
function howAlone({ load, phases, experiments }: Plan): string {
  const fault = phases.find((phase) => phase.experiments.length > 0)
  const length = fault === undefined ? '' : ` --for ${fault.durationMs / 1000}s`
  if (experiments.some(({ faultOnly }) => faultOnly)) return ` --fault-only${length}`
  return `${load.length === 0 ? ' --no-load' : ''}${length}`
}

function switchWords(switches: readonly string[]): string {
  if (switches.length === 0) return 'no switch thrown'
  return `${switches.length === 1 ? 'switch' : 'switches'} ${list(switches)} thrown`
}

/** A word that a shell takes as it is, whatever a name holds. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
