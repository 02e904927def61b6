import { GauntletError } from '../../reports/run/errors.ts'
import { delimiterOf, JTL_COLUMNS } from './jmeter-jtl.ts'

const KNOWN = 'known are k6 run --out csv=FILE, k6 run --out json=FILE, and jmeter -l FILE with a header'

/** Why a file whose first line no kind knows is not read, and what to do. */
export function unknownKind(path: string, firstLine: string): GauntletError {
  const refuse = (what: string, hint: string) => new GauntletError('NO_RESULTS', `${path} ${what}`, { hint })
  const first = firstLine.trimStart()
  if (first.startsWith('<'))
    return refuse('is XML', 'have JMeter write CSV: jmeter -Jjmeter.save.saveservice.output_format=csv …')
  if (/^\d{10,13}[^\w\s]\d+/.test(first))
    return refuse(
      'has no header, so its columns are not known',
      'jmeter.save.saveservice.print_field_names=true writes one; or put that line before the first',
    )
  const columns = first.split(delimiterOf(first))
  const missing = Object.entries(JTL_COLUMNS).filter(([column]) => !columns.includes(column))
  if (missing.length > 0 && missing.length < Object.keys(JTL_COLUMNS).length)
    return refuse(
      `lacks the column ${missing.map(([column]) => column).join(', ')}`,
      `of JMeter's properties: ${missing.map(([, property]) => property).join(', ')}`,
    )
  if (first.startsWith('{'))
    return refuse('is JSON, but no samples of k6', 'a summary has no single requests; k6 run --out json=FILE')
  if (firstLine.startsWith('\u001f')) return refuse('is compressed', `gunzip it first`)
  return refuse('is no results file that can be read', KNOWN)
}
