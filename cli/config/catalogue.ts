import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { type Experiment, parseExperiment } from '../../chaos/index.ts'
import { type Complaint, GauntletError, type Shaped } from '../../reports/run/index.ts'
import { type PageAudit, parsePageAudit, parseScenario, type Scenario } from '../../scenarios/model/index.ts'
import { parseSlo, type Slo } from '../../slo/model/index.ts'
import { type PlanDocument, parsePlanFile } from '../run/plan-file.ts'
import type { Project } from './load-config.ts'

/** A journey that scenarios may name. */
export interface Journey {
  /** relative to the project */
  readonly path: string
  readonly sha256: string
}

/** Everything a plan may name, by name; what could not be read stands in the complaints. */
export interface Catalogue {
  readonly scenarios: ReadonlyMap<string, Scenario>
  /** by file name */
  readonly journeys: ReadonlyMap<string, Journey>
  readonly audits: ReadonlyMap<string, PageAudit>
  readonly experiments: ReadonlyMap<string, Experiment>
  readonly objectives: ReadonlyMap<string, Slo>
  readonly plans: ReadonlyMap<string, PlanDocument>
  readonly complaints: readonly Complaint[]
}

/** Reads all content that the config names, the shipped and the user's through the same door. */
export async function readCatalogue({ root, config }: Project): Promise<Catalogue> {
  const complaints: Complaint[] = []
  const { content = {} } = config
  const read = <Value>(folders: readonly string[] | undefined, family: Family<Value>) =>
    readFamily(root, folders ?? [], family, complaints)
  const named = ({ metadata }: { metadata: { name: string } }): string => metadata.name
  return {
    scenarios: await read(content.scenarios, {
      ending: '.scenario.yaml',
      parse: parseScenario,
      nameOf: named,
    }),
    journeys: await readJourneys(root, content.journeys ?? content.scenarios ?? [], complaints),
    audits: await read(content.audits, { ending: '.audit.yaml', parse: parsePageAudit, nameOf: named }),
    experiments: await read(content.experiments, {
      ending: '.experiment.yaml',
      parse: parseExperiment,
      nameOf: named,
    }),
    objectives: await read(content.objectives, { ending: '.slo.yaml', parse: parseSlo, nameOf: named }),
    plans: await read(content.plans, {
      ending: '.plan.yaml',
      parse: parsePlanFile,
      nameOf: ({ file }) => file.metadata.name,
    }),
    complaints,
  }
}

interface Family<Value> {
  readonly ending: string
  readonly nameOf: (value: Value) => string
  parse(text: string, file: string): Shaped<Value>
}

async function readFamily<Value>(
  root: string,
  folders: readonly string[],
  { ending, parse, nameOf }: Family<Value>,
  complaints: Complaint[],
): Promise<Map<string, Value>> {
  const found = new Map<string, Value>()
  for (const path of await filesIn(root, folders, (name) => name.endsWith(ending))) {
    const shaped = parse(await readFile(resolve(root, path), 'utf8'), path)
    complaints.push(...shaped.complaints)
    if (shaped.value === undefined) continue
    const name = nameOf(shaped.value)
    if (found.has(name)) complaints.push(secondOf(name, path))
    found.set(name, shaped.value)
  }
  return found
}

function secondOf(name: string, file: string): Complaint {
  return { file, line: 1, column: 1, message: `a second "${name}"`, hint: 'names are used once in a project' }
}

async function readJourneys(
  root: string,
  folders: readonly string[],
  complaints: Complaint[],
): Promise<Map<string, Journey>> {
  const journeys = new Map<string, Journey>()
  for (const path of await filesIn(root, folders, (name) => /\.k6\.(ts|js)$/.test(name))) {
    const sha256 = createHash('sha256')
      .update(await readFile(resolve(root, path)))
      .digest('hex')
    const name = basename(path)
    if (journeys.has(name)) complaints.push(secondOf(name, path))
    journeys.set(name, { path, sha256 })
  }
  return journeys
}

/** Files below these folders, relative to the root, sorted: the order of two machines is the same. */
async function filesIn(
  root: string,
  folders: readonly string[],
  wanted: (name: string) => boolean,
): Promise<string[]> {
  const paths = []
  for (const folder of folders) {
    const path = resolve(root, folder)
    if (!existsSync(path))
      throw new GauntletError(
        'NO_FOLDER',
        `gauntlet.config.ts names the folder ${folder}, which is not there`,
        {
          hint: `make it, or take it out of content in ${join(root, 'gauntlet.config.ts')}`,
        },
      )
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    for (const entry of entries)
      if (entry.isFile() && wanted(entry.name)) paths.push(relative(root, join(entry.parentPath, entry.name)))
  }
  return paths.sort()
}
