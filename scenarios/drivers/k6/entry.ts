import type { PlannedLoad } from '../../../reports/run/plan.ts'

/** Counters of the entry script; k6 drops no sample of them, as it does of an iteration that never ends. */
export const STARTED = 'gauntlet_started'
export const THREW = 'gauntlet_threw'

/** The name under which the entry script exports a scenario's journey. */
export const execName = (scenario: string): string => `scenario_${scenario.replaceAll('-', '_')}`

/**
 * k6 runs one script: this one, with an exported function for each scenario. Only the default of a journey is taken,
 * so an `options` that it may export has no effect. Each iteration says that it has started, and that it threw.
 */
export function entryScript(loads: readonly PlannedLoad[], urlOf: (journey: string) => string): string {
  const imports = loads.map(({ journey }, at) => `import journey${at} from ${JSON.stringify(urlOf(journey))}`)
  const exports = loads.map(
    ({ name, journey }, at) =>
      `export const ${execName(name)} = measured(journey${at}, ${JSON.stringify(`${journey} exports no default function`)})`,
  )
  return [COUNTERS, ...imports, MEASURED, ...exports, ''].join('\n')
}

/**
 * Somebody's own script as it is, its options, setup, teardown and handleSummary with it; only the functions that its
 * scenarios run are measured: a name exported here goes before that of the star.
 */
export function scriptEntry(loads: readonly PlannedLoad[], url: string): string {
  const names = new Set(loads.flatMap(({ executor }) => (executor.kind === 'script' ? executor.exec : [])))
  const exports = [...names].map(
    (name, at) =>
      `const exec${at} = measured(script[${JSON.stringify(name)}], ${JSON.stringify(`there is no function ${name}`)})\nexport { exec${at} as ${name} }`,
  )
  const script = `import * as script from ${JSON.stringify(url)}\nexport * from ${JSON.stringify(url)}`
  return [COUNTERS, script, MEASURED, ...exports, ''].join('\n')
}

const COUNTERS = `import { Counter } from 'k6/metrics'`

const MEASURED = `
const started = new Counter('${STARTED}')
const threw = new Counter('${THREW}')

function measured(journey, otherwise) {
  if (typeof journey !== 'function') throw new Error(otherwise)
  return (data) => {
    started.add(1)
    try {
      const result = journey(data)
      return result instanceof Promise ? result.catch(thrown) : result
    } catch (error) {
      thrown(error)
    }
  }
}

function thrown(error) {
  threw.add(1)
  throw error
}
`
