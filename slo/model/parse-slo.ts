import { readSpec, type Spec } from '../../reports/run/index.ts'
import { mistakesIn } from './mistakes.ts'
import { Slo } from './slo.ts'

/** Reads the text of an `*.slo.yaml`: the objective, or every mistake in it with its place. */
export function parseSlo(text: string, file: string): Spec<Slo> {
  const spec = readSpec(Slo, text, file)
  if (spec.value === undefined) return spec
  const complaints = mistakesIn(spec.value, spec.document)
  return complaints.length > 0 ? { value: undefined, document: spec.document, complaints } : spec
}
