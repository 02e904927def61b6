import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Experiment } from '../../chaos/index.ts'
import { type Policy, parsePolicy } from '../../chaos/policy/index.ts'
import type { Complaint, PlannedSource, Spec, YamlDocument } from '../../reports/run/index.ts'
import {
  type AddressRead,
  addressReads,
  type PageAudit,
  parsePageAudit,
  parseScenario,
  type Scenario,
} from '../../scenarios/model/index.ts'
import { type Library, type Refusal, type ResolvedSlo, toPlannedSource } from '../../slo/model/index.ts'
import { EXPERIMENT_FILE, readExperiment } from './experiment-files.ts'
import { filesIn } from './files-in.ts'
import type { Project } from './load-config.ts'
import { readOpenSlo } from './open-slo.ts'
import { type PlanDocument, parsePlanFile } from './plan-file.ts'
import { unknownIn } from './unknown-in.ts'

/** A journey that scenarios may name. */
export interface Journey {
  /** relative to the project */
  readonly path: string
  readonly sha256: string
  /** where it reads addresses of the target */
  readonly reads: readonly AddressRead[]
}

/** Everything a plan may name, by name; what could not be read, or names what is not there, stands in the complaints. */
export interface Catalogue {
  readonly scenarios: ReadonlyMap<string, Scenario>
  /** by file name */
  readonly journeys: ReadonlyMap<string, Journey>
  readonly audits: ReadonlyMap<string, PageAudit>
  readonly experiments: ReadonlyMap<string, Experiment>
  /** SLOs, each with its indicators */
  readonly objectives: ReadonlyMap<string, ResolvedSlo>
  /** data sources, each as it is asked, or why it cannot be */
  readonly sources: ReadonlyMap<string, PlannedSource | Refusal>
  readonly plans: ReadonlyMap<string, PlanDocument>
  /** what no experiment may break: gauntlet.policy.yaml beside the config */
  readonly policy?: Policy
  readonly complaints: readonly Complaint[]
}

/** Reads all content that the config names, the shipped and the user's through the same door. */
export async function readCatalogue({ root, config }: Project): Promise<Catalogue> {
  const { content = {} } = config
  const read = <Value>(folders: readonly string[] | undefined, family: Family<Value>) =>
    readFamily(root, folders ?? [], family)
  const named = ({ metadata }: { metadata: { name: string } }): string => metadata.name
  const journeys = await readJourneys(root, content.journeys ?? content.scenarios ?? [])
  const scenarios = await read(content.scenarios, {
    ending: /\.scenario\.yaml$/,
    read: fromText(parseScenario),
    nameOf: named,
  })
  const audits = await read(content.audits, {
    ending: /\.audit\.yaml$/,
    read: fromText(parsePageAudit),
    nameOf: named,
  })
  const experiments = await read(content.experiments, {
    ending: EXPERIMENT_FILE,
    read: readExperiment,
    nameOf: named,
  })
  const objectives = await readOpenSlo(root, content.objectives ?? [])
  const plans = await read(content.plans, {
    ending: /\.plan\.yaml$/,
    read: fromText(parsePlanFile),
    nameOf: ({ file }: PlanDocument) => file.metadata.name,
  })
  const policy = await readPolicy(root)
  const complaints = [
    ...(policy?.complaints ?? []),
    ...[journeys, scenarios, audits, experiments, objectives, plans].flatMap((one) => one.complaints),
    ...unknownIn({ scenarios, journeys, audits, experiments, objectives, plans }),
  ]
  return {
    scenarios: scenarios.found,
    journeys: journeys.found,
    audits: audits.found,
    experiments: experiments.found,
    objectives: objectives.slos,
    sources: sourcesOf(objectives.library),
    plans: plans.found,
    ...(policy?.value === undefined ? {} : { policy: policy.value }),
    complaints: inReadingOrder(complaints),
  }
}

function sourcesOf(library: Library): Map<string, PlannedSource | Refusal> {
  const found = library.names('DataSource').map((name) => library.find('DataSource', name)?.object)
  const sources = found.flatMap((one) => (one?.kind === 'DataSource' ? [one] : []))
  return new Map(sources.map((one) => [one.metadata.name, toPlannedSource(one)]))
}

const POLICY_FILE = 'gauntlet.policy.yaml'

/** A project without one forbids nothing. */
async function readPolicy(root: string): Promise<Spec<Policy> | undefined> {
  const path = resolve(root, POLICY_FILE)
  return existsSync(path) ? parsePolicy(await readFile(path, 'utf8'), POLICY_FILE) : undefined
}

interface Family<Value> {
  readonly ending: RegExp
  readonly nameOf: (value: Value) => string
  /** `path`: where it lies; `file`: as it is said to people */
  read(path: string, file: string): Promise<Spec<Value>>
}

const fromText =
  <Value>(parse: (text: string, file: string) => Spec<Value>) =>
  async (path: string, file: string): Promise<Spec<Value>> =>
    parse(await readFile(path, 'utf8'), file)

/** What the files of one kind hold. */
interface Shelf<Value> {
  readonly found: Map<string, Value>
  /** where each of them stands */
  readonly files: Map<string, string>
  /** also those of broken files: a name is not unknown because its file has a mistake */
  readonly names: string[]
  readonly documents: YamlDocument[]
  readonly complaints: Complaint[]
}

async function readFamily<Value>(
  root: string,
  folders: readonly string[],
  { ending, read, nameOf }: Family<Value>,
): Promise<Shelf<Value>> {
  const shelf: Shelf<Value> = { found: new Map(), files: new Map(), names: [], documents: [], complaints: [] }
  for (const path of await filesIn(root, folders, (name) => ending.test(name))) {
    const { value, document, complaints } = await read(resolve(root, path), path)
    shelf.complaints.push(...complaints)
    if (document !== undefined) shelf.documents.push(document)
    if (value === undefined)
      shelf.names.push(document?.text(['metadata', 'name']) ?? basename(path).replace(ending, ''))
    else place(shelf, nameOf(value), value, path)
  }
  return shelf
}

function place<Value>(shelf: Shelf<Value>, name: string, value: Value, file: string) {
  const { found, files, names, complaints } = shelf
  if (found.has(name))
    complaints.push({
      file,
      line: 1,
      column: 1,
      message: `a second "${name}"`,
      hint: `the other is in ${files.get(name)}; names are used once in a project`,
    })
  found.set(name, value)
  files.set(name, file)
  names.push(name)
}

async function readJourneys(root: string, folders: readonly string[]): Promise<Shelf<Journey>> {
  const shelf: Shelf<Journey> = {
    found: new Map(),
    files: new Map(),
    names: [],
    documents: [],
    complaints: [],
  }
  for (const path of await filesIn(root, folders, (name) => /\.k6\.(ts|js)$/.test(name))) {
    const bytes = await readFile(resolve(root, path))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    place(shelf, basename(path), { path, sha256, reads: addressReads(bytes.toString()) }, path)
  }
  return shelf
}

const inReadingOrder = (complaints: readonly Complaint[]): Complaint[] =>
  complaints.toSorted(
    (a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  )
