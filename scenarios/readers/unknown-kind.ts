import { GauntletError } from '../../reports/run/errors.ts'
import { delimiterOf, JTL_COLUMNS } from './jmeter-jtl.ts'
import { K6_COLUMNS } from './k6-csv.ts'

const KNOWN = 'known are k6 run --out csv=FILE, k6 run --out json=FILE, and jmeter -l FILE with a header'

interface Refusal {
  readonly what: string
  readonly hint: string
}

const refused = (path: string, { what, hint }: Refusal) =>
  new GauntletError('NO_RESULTS', `${path} ${what}`, { hint })

/** Why a file whose first line no kind knows is not read, and what to do. */
export function unknownKind(path: string, firstLine: string): GauntletError {
  const first = firstLine.trimStart()
  const refusal = otherFormat(first) ?? wrongHeader(first)
  return refused(path, refusal ?? { what: 'is no results file that can be read', hint: KNOWN })
}

/** Why a file is not read whose first line has no end, or none that can be waited for. */
export function noFirstLine(path: string, beginning: string): GauntletError {
  const hint = 'it is empty, or was cut in its first line: take it from the load generator again'
  return refused(path, otherFormat(beginning.trimStart()) ?? { what: 'holds no whole line', hint })
}

/** What can be told from its first characters. */
function otherFormat(first: string): Refusal | undefined {
  if (first.startsWith('<'))
    return {
      what: 'is XML',
      hint: 'have JMeter write CSV: jmeter -Jjmeter.save.saveservice.output_format=csv …',
    }
  if (first.startsWith('['))
    return { what: 'is a JSON array', hint: 'k6 writes a sample a line: k6 run --out json=FILE' }
  if (first.startsWith('{') && !/^\{"(type|metric)":/.test(first))
    return {
      what: 'is JSON, but no samples of k6',
      hint: 'a summary has no single requests; k6 run --out json=FILE',
    }
  return first.startsWith('\u001f') ? { what: 'is compressed', hint: 'gunzip it first' } : undefined
}

function wrongHeader(first: string): Refusal | undefined {
  if (first === '')
    return { what: 'begins with an empty line', hint: 'remove it: the first line tells what a file holds' }
  if (/^\d{10,13}[^\w\s]\d+/.test(first))
    return {
      what: 'has no header, so its columns are not known',
      hint: 'jmeter.save.saveservice.print_field_names=true writes one; or put that line before the first',
    }
  return /\bmetric_name\b/.test(first) ? wrongHeaderOfK6(first) : wrongHeaderOfJmeter(first)
}

function wrongHeaderOfK6(first: string): Refusal {
  const hint = `k6 writes ${K6_COLUMNS.join(',')} and others: give the file as k6 run --out csv=FILE wrote it`
  if (first.includes('"')) return { what: 'has a header in quotes', hint }
  const delimiter = delimiterOf(first)
  if (delimiter !== ',')
    return { what: `has "${delimiter === '\t' ? 'tab' : delimiter}" between its columns, no commas`, hint }
  const missing = K6_COLUMNS.filter((column) => !first.split(',').includes(column))
  return { what: `lacks the column ${missing.join(', ')}`, hint }
}

function wrongHeaderOfJmeter(first: string): Refusal | undefined {
  const columns = first.split(delimiterOf(first))
  const missing = Object.entries(JTL_COLUMNS).filter(([column]) => !columns.includes(column))
  if (missing.length === 0 || missing.length === Object.keys(JTL_COLUMNS).length) return undefined
  return {
    what: `lacks the column ${missing.map(([column]) => column).join(', ')}`,
    hint: `of JMeter's properties: ${missing.map(([, property]) => property).join(', ')}`,
  }
}
