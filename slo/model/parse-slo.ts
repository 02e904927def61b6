import { readSpec, type Shaped } from '../../reports/run/index.ts'
import { mistakesIn } from './mistakes.ts'
import { Slo } from './slo.ts'

/** Reads the text of an `*.slo.yaml`: the objective, or every mistake in it with its place. */
export function parseSlo(text: string, file: string): Shaped<Slo> {
  const { value, complaints, document } = readSpec(Slo, text, file)
  if (value === undefined || document === undefined) return { value: undefined, complaints }
  const mistakes = mistakesIn(value, document)
  return mistakes.length > 0 ? { value: undefined, complaints: mistakes } : { value, complaints: [] }
}
