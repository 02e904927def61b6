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
      `export const ${execName(name)} = measured(journey${at}, ${JSON.stringify(journey)})`,
  )
  return [`import { Counter } from 'k6/metrics'`, ...imports, MEASURED, ...exports, ''].join('\n')
}

const MEASURED = `
const started = new Counter('${STARTED}')
const threw = new Counter('${THREW}')

function measured(journey, file) {
  if (typeof journey !== 'function') throw new Error(file + ' exports no default function')
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
