import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TSchema } from 'typebox'
import {
  Ack,
  AuditVisit,
  BudgetReport,
  ComparedBlock,
  Comparison,
  EvidenceIndex,
  Fact,
  FactRow,
  formatVersion,
  HistoryEntry,
  Instrument,
  JournalEntry,
  Lease,
  LoadSecond,
  Plan,
  ProbeSample,
  Proof,
  QueryPoints,
  Run,
  Sides,
  Target,
  Verdict,
} from '../../reports/run/index.ts'

// npm run schemas [-- --check]: the types of reports/run as JSON Schema files beside them.
const folder = resolve(import.meta.dirname, '../../reports/run')

const SCHEMAS: Readonly<Record<string, TSchema>> = {
  ack: Ack,
  audit: AuditVisit,
  block: ComparedBlock,
  budget: BudgetReport,
  comparison: Comparison,
  fact: Fact,
  'fact-row': FactRow,
  history: HistoryEntry,
  index: EvidenceIndex,
  instrument: Instrument,
  journal: JournalEntry,
  lease: Lease,
  load: LoadSecond,
  plan: Plan,
  probe: ProbeSample,
  proof: Proof,
  query: QueryPoints,
  run: Run,
  sides: Sides,
  target: Target,
  verdict: Verdict,
}

function textOf(name: string, schema: TSchema): string {
  const head = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `gauntlet/${name}/${formatVersion(name)}`,
    title: `gauntlet ${name}`,
  }
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`
}

const differing: string[] = []
for (const [name, schema] of Object.entries(SCHEMAS)) {
  const path = join(folder, `${name}.schema.json`)
  const text = textOf(name, schema)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  differing.push(`reports/run/${name}.schema.json`)
  if (!process.argv.includes('--check')) writeFileSync(path, text)
}
if (differing.length > 0 && process.argv.includes('--check')) {
  console.log(`not as the types say: ${differing.join(', ')}; run: npm run schemas`)
  process.exitCode = 1
} else console.log(`${differing.length} of ${Object.keys(SCHEMAS).length} schemas written`)
