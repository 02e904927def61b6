import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Compile } from 'typebox/compile'
import { type BrokenLine, HistoryEntry, refuseNewer } from '../../reports/run/index.ts'

const isEntry = Compile(HistoryEntry)

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
    const value = parsed(text)
    refuseNewer(`${path}:${n + 1}`, value)
    if (isEntry.Check(value)) entries.set(value.run, value)
    else broken.push({ line: n + 1, why: whyBroken(value) })
  }
  return { entries: [...entries.values()].sort((a, b) => a.atUs - b.atUs), broken }
}

/** Appends a line at once; behind a line that was cut, on one of its own. */
export async function appendHistory(path: string, entry: HistoryEntry): Promise<void> {
  const text = await textOf(path)
  const start = text === '' || text.endsWith('\n') ? '' : '\n'
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a')
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
    throw error
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function whyBroken(value: unknown): string {
  if (value === undefined) return 'is not JSON'
  const [first] = isEntry.Errors(value)
  return `${first?.instancePath || 'it'} ${first?.message ?? 'is no run of a history'}`
}
