import { Compile } from 'typebox/compile'
import { GauntletError } from './errors.ts'
import { Ack, AuditVisit, FactRow, Instrument, ProbeSample, QueryPoints } from './evidence.ts'
import { formatVersion } from './format-version.ts'
import { JournalEntry } from './journal.ts'
import { LoadSecond } from './load.ts'
import { Plan } from './plan.ts'
import { planOfToday } from './plan-of-today.ts'
import { Run } from './run.ts'

/** A run folder, read. Lists hold what was readable; a crashed run's are shorter, never invented. */
export interface RunRecord {
  readonly run: Run
  readonly plan: Plan
  readonly journal: readonly JournalEntry[]
  readonly load: readonly LoadSecond[]
  readonly acks: readonly Ack[]
  readonly facts: readonly FactRow[]
  readonly audits: readonly AuditVisit[]
  readonly probes: readonly ProbeSample[]
  readonly queries: readonly QueryPoints[]
  /** null: the harness never got so far as to say */
  readonly instrument: Instrument | null
  /** whether evidence/index.json was there and its sums hold; without it the run crashed */
  readonly complete: boolean
  /** lines that could not be read, in words: `evidence/load.ndjson:17 is not JSON` */
  readonly unreadable: readonly string[]
}

/** Text of each file by its path in the run folder; a missing file is a missing key. */
export type RecordTexts = ReadonlyMap<string, string>

interface Shape<Value> {
  Check(value: unknown): value is Value
  Errors(value: unknown): readonly { instancePath: string; message: string }[]
}

/** Compiled when the first record is read: most processes that know these types never read one. */
const compileShapes = () => ({
  run: Compile(Run) as Shape<Run>,
  plan: Compile(Plan) as Shape<Plan>,
  journal: Compile(JournalEntry) as Shape<JournalEntry>,
  load: Compile(LoadSecond) as Shape<LoadSecond>,
  ack: Compile(Ack) as Shape<Ack>,
  fact: Compile(FactRow) as Shape<FactRow>,
  audit: Compile(AuditVisit) as Shape<AuditVisit>,
  probe: Compile(ProbeSample) as Shape<ProbeSample>,
  query: Compile(QueryPoints) as Shape<QueryPoints>,
  instrument: Compile(Instrument) as Shape<Instrument>,
})
let compiled: ReturnType<typeof compileShapes> | undefined

/** Reads the texts of a run folder. Throws GauntletError only when run.json or plan.json cannot be read. */
export function parseRecord(texts: RecordTexts, complete: boolean): RunRecord {
  compiled ??= compileShapes()
  const shapes = compiled
  const unreadable: string[] = []
  const lines = <Value>(path: string, shape: Shape<Value>): Value[] =>
    parseLines(path, texts.get(path) ?? '', shape, unreadable)
  const instrument = texts.get('evidence/instrument.json')
  return {
    run: parseDocument('run.json', texts, shapes.run),
    plan: parseDocument('plan.json', texts, shapes.plan, planOfToday),
    journal: lines('journal.ndjson', shapes.journal),
    load: lines('evidence/load.ndjson', shapes.load),
    acks: lines('evidence/acks.ndjson', shapes.ack),
    facts: lines('evidence/facts.ndjson', shapes.fact),
    audits: lines('evidence/audits.ndjson', shapes.audit),
    probes: lines('evidence/probes.ndjson', shapes.probe),
    queries: lines('evidence/queries.ndjson', shapes.query),
    instrument: instrument === undefined ? null : parseOptional(instrument, shapes.instrument, unreadable),
    complete,
    unreadable,
  }
}

function parseLines<Value>(path: string, text: string, shape: Shape<Value>, unreadable: string[]): Value[] {
  const values: Value[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const value = parseJson(line)
    if (shape.Check(value)) {
      values.push(value)
      continue
    }
    refuseNewer(`${path}:${index + 1}`, value)
    unreadable.push(`${path}:${index + 1} ${problem(value, shape)}`)
  }
  return values
}

function parseDocument<Value>(
  path: string,
  texts: RecordTexts,
  shape: Shape<Value>,
  ofToday = (written: unknown) => written,
): Value {
  const text = texts.get(path)
  const value = text === undefined ? undefined : ofToday(parseJson(text))
  if (shape.Check(value)) return value
  refuseNewer(path, value)
  throw new GauntletError(
    'RECORD_UNREADABLE',
    `${path} ${text === undefined ? 'is missing' : problem(value, shape)}`,
    {
      hint: 'give the folder of a run, such as .gauntlet/runs/20261121-014530-k3f9',
    },
  )
}

function parseOptional<Value>(text: string, shape: Shape<Value>, unreadable: string[]): Value | null {
  const value = parseJson(text)
  if (shape.Check(value)) return value
  refuseNewer('evidence/instrument.json', value)
  unreadable.push(`evidence/instrument.json ${problem(value, shape)}`)
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problem<Value>(value: unknown, shape: Shape<Value>): string {
  if (value === undefined) return 'is not JSON'
  const [first] = shape.Errors(value)
  return first === undefined ? 'does not fit its schema' : `${first.instancePath || 'it'} ${first.message}`
}

/** Files say `gauntlet/NAME/INTEGER`; a newer integer than ours is refused: half of it would be misread. */
export function refuseNewer(path: string, value: unknown): void {
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? String(value.schema) : ''
  const [, name = '', version] = /^gauntlet\/([a-z-]+)\/(\d+)$/.exec(schema) ?? []
  if (Number(version) > formatVersion(name))
    throw new GauntletError('RECORD_NEWER', `${path} was written by a newer gauntlet (${schema})`, {
      hint: 'update this one: npm install gauntlet@latest',
    })
}
