import {
  BYTES_PER_VU,
  type Plan,
  type PlannedExperiment,
  type PlannedFault,
  type PlannedLoad,
  type PlannedPhase,
} from '../run/plan.ts'
import { mostVus, rateStages, steadyRatePerSecond } from '../run/rates.ts'
import { checkWords } from '../run/words/check-words.ts'
import { alertDueWords, guardWords } from '../run/words/guard-words.ts'
import { bytes, clock, count, counted, duration, list, perSecond } from '../run/words/words.ts'
import { ascii, column, wrap } from './plain.ts'

/** Whether an objective can be decided by what a plan will gather. */
export interface Power {
  readonly objective: string
  /** the fewest events that could decide it, with none bad; null when that depends on the values, as for a mean */
  readonly needs: number | 'every one' | null
  /** events that the plan will gather; null when that depends on the target */
  readonly has: number | null
}

/** `gauntlet plan`: what would happen, and what could be decided by it. 80 columns of ASCII. */
export function planText(plan: Plan, power: readonly Power[]): string {
  const blocks = [
    [`${ascii(plan.name)}: ${ascii(plan.title)}`, 'Nothing is touched by this command.'],
    steps(plan),
    overall(plan),
    ...plan.experiments.map(experiment),
    ...guards(plan),
    objectives(plan, power),
    [`  run it with   gauntlet run ${ascii(plan.name)}`],
  ]
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

/** The phases in time, the drain after the last one under load. */
function steps({ phases, drain }: Plan): string[] {
  const lastLoad = phases.findLastIndex(({ load }) => load)
  const widths = {
    name: Math.max(14, ...phases.map(({ name }) => name.length + 2)),
    length: Math.max(7, ...phases.map(({ durationMs }) => duration(durationMs).length)),
  }
  return phases.flatMap((phase, index) => {
    const line = step(phase.startMs, phase.name, duration(phase.durationMs), doing(phase), widths)
    if (drain === undefined || index !== lastLoad) return [line]
    const atMost = `<${duration(drain.atMostMs)}`
    return [line, step(phase.startMs + phase.durationMs, 'drain', atMost, 'not judged', widths)]
  })
}

interface Widths {
  readonly name: number
  readonly length: number
}

function step(startMs: number, name: string, length: string, what: string, widths: Widths): string {
  const columns = `${column(name, widths.name)}${length.padStart(widths.length)}`
  return `  ${clock(startMs).padEnd(7)}${columns}   ${what}`.trimEnd()
}

function doing({ judged, load, experiments, audits }: PlannedPhase): string {
  const audited = audits.length === 0 ? [] : [`audit ${list(audits)}, ${load ? 'under load' : 'load off'}`]
  return [...experiments, ...audited, ...(judged ? [] : ['not judged'])].join('; ')
}

function overall(plan: Plan): string[] {
  const vus = plan.load.reduce((sum, load) => sum + mostVus(load), 0)
  const rates = plan.load.map((load) => `${load.name} ${rateWords(load)}`)
  const isOpen = plan.load.every((load) => rateStages(load) !== undefined)
  const memory = `${isOpen ? 'open model' : 'closed model'}, at most ${counted(vus, 'VUs')}, ${bytes(vus * BYTES_PER_VU)}`
  const addresses = [...Object.values(plan.target.addresses), ...(plan.sources ?? []).map(({ url }) => url)]
  const hosts = [...new Set(addresses.map((address) => new URL(address).host))]
  return [
    ...named('length', `at most ${duration(plan.atMostMs)}`),
    ...named('load', plan.load.length === 0 ? 'none' : `${rates.join(', ')}; ${memory}`),
    ...named('hosts', `${hosts.join(', ')}, and no other`),
  ]
}

function rateWords(load: PlannedLoad): string {
  const steady = steadyRatePerSecond(load)
  return steady === undefined ? `as its ${load.executor.kind} says` : perSecond(steady)
}

function experiment({ name, faults, checks = [], alert }: PlannedExperiment): string[] {
  const words = faults.map((fault) => [
    ...named('fault', faults.length === 1 ? name : `${name}, ${faultTime(fault)}`),
    ...named('  does', fault.does),
    ...named('  radius', fault.radius),
    ...named('  undo', fault.undo),
    ...named('  proof', fault.proof),
  ])
  return [
    ...words.flat(),
    ...checks.flatMap((check) => named('  check', checkWords(check))),
    ...(alert === undefined ? [] : named('  alert', alertDueWords(alert))),
  ]
}

function faultTime({ atMs, forMs }: PlannedFault): string {
  const until = forMs === undefined ? 'until the end of its phase' : `for ${duration(forMs)}`
  return `from ${duration(atMs)} ${until}`
}

/** What would end the run early. */
function guards({ guards = [] }: Plan): string[][] {
  return guards.length === 0 ? [] : [guards.flatMap((guard) => named('guard', guardWords(guard)))]
}

function objectives({ objectives }: Plan, power: readonly Power[]): string[] {
  const head = `  ${column('objective', 19)}${column('promised', 20)}${'needs'.padEnd(18)}${column('has', 9)}decidable`
  const rows = objectives.map(({ name, promised, noun, advisory }) => {
    const { needs, has } = power.find(({ objective }) => objective === name) ?? { needs: null, has: null }
    const needed = typeof needs === 'number' ? `${count(needs).padStart(6)} ${noun}` : (needs ?? '-')
    const gathered = has === null ? '-' : count(has)
    const note = advisory ? `${decidable(needs, has)}, advisory` : decidable(needs, has)
    return `  ${column(ascii(name), 19)}${column(ascii(promised), 20)}${column(needed, 18)}${column(gathered, 9)}${note}`
  })
  return [head, ...rows]
}

function decidable(needs: Power['needs'], has: Power['has']): 'yes' | 'no' | 'depends' {
  if (needs === 'every one') return 'yes'
  if (needs === null || has === null) return 'depends'
  return has >= needs ? 'yes' : 'no'
}

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), ' '.repeat(16))
  return [`  ${column(name, 14)}${first.trimStart()}`, ...rest]
}
