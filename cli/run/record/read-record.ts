import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import {
  EvidenceIndex,
  GauntletError,
  parseRecord,
  type RunRecord,
  refuseNewer,
} from '../../../reports/run/index.ts'

const TOLD = ['run.json', 'plan.json', 'journal.ndjson']
const FILES = [
  ...TOLD,
  'evidence/load.ndjson',
  'evidence/acks.ndjson',
  'evidence/facts.ndjson',
  'evidence/audits.ndjson',
  'evidence/probes.ndjson',
  'evidence/queries.ndjson',
  'evidence/instrument.json',
]
const isIndex = Compile(EvidenceIndex)

/** Reads a run folder and holds it against its sums; a folder without them crashed, one that differs is refused. */
export async function readRecord(folder: string): Promise<RunRecord> {
  return parseRecord(await textsOf(folder, FILES), await sumsHold(folder))
}

/** What a run that was just sealed tells of itself, without its evidence. */
export async function readTold(folder: string): Promise<RunRecord> {
  return parseRecord(await textsOf(folder, TOLD), true)
}

async function textsOf(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const name of names) {
    const text = await thereIn(folder, name, (path) => readFile(path, 'utf8'))
    if (text !== undefined) texts.set(name, text)
  }
  return texts
}

/** False when there is no index, or half of one: the run crashed. */
async function sumsHold(folder: string): Promise<boolean> {
  const text = await thereIn(folder, 'evidence/index.json', (path) => readFile(path, 'utf8'))
  const index = text === undefined ? undefined : parse(text)
  if (index === undefined) return false
  refuseNewer('evidence/index.json', index)
  if (!isIndex.Check(index)) throw tampered(folder, 'evidence/index.json', 'is not an index')
  for (const name of FILES)
    if (existsSync(join(folder, name)) && !index.files.some(({ path }) => path === name))
      throw tampered(folder, name, 'is not in the index')
  for (const file of index.files) {
    const content = await thereIn(folder, file.path, (path) => readFile(path))
    if (content === undefined) throw tampered(folder, file.path, 'is missing')
    const sum = createHash('sha256').update(content).digest('hex')
    if (sum !== file.sha256)
      throw tampered(
        folder,
        file.path,
        `has SHA-256 ${sum.slice(0, 12)}…, the index says ${file.sha256.slice(0, 12)}…`,
      )
  }
  return true
}

/** Undefined when there is no such file. One that cannot be read, as one of half a gigabyte, is not none. */
async function thereIn<Content>(
  folder: string,
  name: string,
  read: (path: string) => Promise<Content>,
): Promise<Content | undefined> {
  return read(join(folder, name)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new GauntletError('RECORD_UNREADABLE', `${name} of ${folder} cannot be read: ${cause.message}`, {
      cause,
      hint: 'a file of a record is read as one text of at most 512 MiB; judge a shorter run, or one with fewer names',
    })
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tampered(folder: string, file: string, what: string): GauntletError {
  return new GauntletError('RECORD_CHANGED', `${file} of ${folder} ${what}`, {
    hint: 'the record was changed after the run, so it is not judged; take it from where it was first kept',
  })
}
