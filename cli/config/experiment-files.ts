import { readFile } from 'node:fs/promises'
import { type Experiment, parseExperiment, parseExperimentValue } from '../../chaos/index.ts'
import type { Spec } from '../../reports/run/index.ts'
import { importDefault, whereThrown } from './import-default.ts'

export const EXPERIMENT_IN_CODE = /\.experiment\.[tj]s$/
export const EXPERIMENT_FILE = /\.experiment\.(yaml|[tj]s)$/

/** The experiment of a file, in YAML or in TypeScript; both are held to the same. */
export async function readExperiment(path: string, file: string): Promise<Spec<Experiment>> {
  if (!EXPERIMENT_IN_CODE.test(path)) return parseExperiment(await readFile(path, 'utf8'), file)
  try {
    const value = await importDefault(path)
    if (value !== undefined) return parseExperimentValue(plainData(value), file)
    return mistake(file, 'has no default export', 'export default defineExperiment({ … })')
  } catch (cause) {
    const place = whereThrown(cause)
    return mistake(file, `cannot be loaded: ${String(cause)}`, place && `see ${place}`)
  }
}

/** As it will stand in plan.json; a copy, so that what else uses the same objects stays free to change them. */
const plainData = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

function mistake(file: string, message: string, hint?: string): Spec<Experiment> {
  const complaint = { file, line: 1, column: 1, message }
  return { value: undefined, complaints: [hint === undefined ? complaint : { ...complaint, hint }] }
}
