import { open, readFile } from 'node:fs/promises'
import { Compile } from 'typebox/compile'
import {
  type BrokenLine,
  GauntletError,
  HistoryEntry,
  jsonOf,
  refuseNewer,
} from '../../../reports/run/index.ts'

const isEntry = Compile(HistoryEntry)

/** Some editors and shells begin a file with it; joined files have it within. */
const BYTE_ORDER_MARK = /^\ufeff/

/** What a history holds, in the order of the runs. */
export interface History {
  readonly entries: readonly HistoryEntry[]
  readonly broken: readonly BrokenLine[]
}

/** Reads a history; a file that is not there is an empty one. A run that stands in it twice counts as it was last. */
export async function readHistory(path: string): Promise<History> {
  const entries = new Map<string, HistoryEntry>()
  const broken: BrokenLine[] = []
  for (const [n, text] of (await textOf(path)).split('\n').entries()) {
    if (text.trim() === '') continue
    const value = jsonOf(text.replace(BYTE_ORDER_MARK, ''))
    refuseNewer(`${path}:${n + 1}`, value)
    if (isEntry.Check(value)) entries.set(value.run, value)
    else broken.push({ line: n + 1, why: whyBroken(value) })
  }
  return { entries: [...entries.values()].sort((a, b) => a.atUs - b.atUs), broken }
}

/** Appends a line at once to a file of an existing folder; behind a line that was cut, on one of its own. */
export async function appendHistory(path: string, entry: HistoryEntry): Promise<void> {
  const text = await textOf(path)
  const start = text === '' || text.endsWith('\n') ? '' : '\n'
  const file = await open(path, 'a').catch((error: NodeJS.ErrnoException) => {
    throw WRONG_PATH.has(error.code) ? noHistory(path, error) : error
  })
  try {
    await file.appendFile(`${start}${JSON.stringify(entry)}\n`)
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw noHistory(path, error)
  })
}

/** Its folder is missing, or a file; it is a folder itself. */
const WRONG_PATH: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

function noHistory(path: string, cause: Error): GauntletError {
  return new GauntletError('NO_HISTORY', `${path} can be no history: ${cause.message}`, {
    cause,
    hint: 'name a file in a folder that is there: --file history.ndjson',
  })
}

function whyBroken(value: unknown): string {
  if (value === undefined) return 'is not JSON'
  const [first] = isEntry.Errors(value)
  return `${first?.instancePath || 'it'} ${first?.message ?? 'is no run of a history'}`
}
