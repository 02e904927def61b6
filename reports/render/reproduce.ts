import type { Reproduce } from '../page/page-data.ts'
import type { Plan } from '../run/plan.ts'
import type { RunRecord } from '../run/record.ts'
import { bytes, list } from '../run/words.ts'

/** The commands that do it again, and with what it was done. */
export function reproduce({ run, plan, complete }: RunRecord): Required<Reproduce> {
  const switches = run.switches.map((name) => ` --switch ${shellWord(name)}`).join('')
  const options = `${plan.seed === 1 ? '' : ` --seed ${plan.seed}`}${run.allowUndecidable ? ' --allow-undecidable' : ''}`
  const { cores, memoryBytes, system } = run.machine
  const k6 = run.k6 === undefined ? [] : [`k6 ${run.k6.version} (${run.k6.origin})`]
  return {
    run: `npx gauntlet run ${whatRan(plan)}${switches}${options}`,
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
function whatRan({ name, load: [first] }: Plan): string {
  return first?.executor.kind === 'script' ? `${shellWord(first.journey)} --slo FILE` : shellWord(name)
}

function switchWords(switches: readonly string[]): string {
  if (switches.length === 0) return 'no switch thrown'
  return `${switches.length === 1 ? 'switch' : 'switches'} ${list(switches)} thrown`
}

/** A word that a shell takes as it is, whatever a name holds. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
