import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import {
  type Clock,
  type EvidenceFile,
  type EvidenceIndex,
  GauntletError,
  type JournalEntry,
  type JournalKind,
  type Recorder,
} from '../../../reports/run/index.ts'
import { isDiskFull } from '../../process/disk-full.ts'

export interface RunFolder extends Recorder {
  readonly path: string
  /** resolves with the first entry of this kind, once it is written */
  seen(kind: JournalKind): Promise<JournalEntry>
  has(kind: JournalKind): boolean
  /** whether a fact of this kind came when nothing could be written any more */
  hasLost(kind: JournalKind): boolean
  /** the reason why writing stopped, as soon as it does */
  readonly broken: Promise<GauntletError>
  /** writes evidence/index.json: the last word of a run that did not crash */
  seal(): Promise<void>
  close(): Promise<void>
}

/** Files of the folder that the index leaves out: they are made from the rest, and can be made again. */
const DERIVED = /^(report\/|verdict\.json$|evidence\/index\.json$)/

/** Creates the run folder; nothing else writes to it while the run lasts, but the guardian when the harness is gone. */
export async function createRunFolder(path: string, clock: Clock): Promise<RunFolder> {
  const journal = await firstFile(path).catch((cause: unknown) => {
    throw cannotRecord(path, cause)
  })
  const broken = Promise.withResolvers<GauntletError>()
  const waiting = new Map<JournalKind, PromiseWithResolvers<JournalEntry>>()
  const waitFor = (kind: JournalKind) => {
    const one = waiting.get(kind) ?? Promise.withResolvers<JournalEntry>()
    waiting.set(kind, one)
    return one
  }
  const evidence = new Map<EvidenceFile, Promise<Appender>>()
  // A record that lost one line is never whole again, even if the disk has room later.
  let lost: GauntletError | undefined
  let isSealed = false
  const written = new Set<JournalKind>()
  const unwritten = new Set<JournalKind>()
  const guarded = async (write: () => Promise<void>): Promise<void> => {
    if (lost !== undefined) throw lost
    try {
      await write()
    } catch (cause) {
      lost ??= cannotRecord(path, cause)
      broken.resolve(lost)
      throw lost
    }
  }
  return {
    path,
    broken: broken.promise,
    seen: (kind) => waitFor(kind).promise,
    has: (kind) => written.has(kind),
    hasLost: (kind) => unwritten.has(kind),
    journal: (fact, atUs = clock.nowUs()) => {
      if (lost !== undefined) unwritten.add(fact.kind)
      return guarded(async () => {
        if (isSealed) return // its sum is taken: a late Ctrl-C changes nothing any more
        const entry = { schema: 'gauntlet/journal/1', atUs: Math.round(atUs), ...fact } as const
        await journal.append(entry)
        written.add(entry.kind)
        waitFor(entry.kind).resolve(entry)
      })
    },
    evidence: (file, line) =>
      guarded(async () => {
        const opened = evidence.get(file) ?? appender(join(path, 'evidence', file), { synced: false })
        evidence.set(file, opened) // before it is open: the first lines may come from several at once
        await (await opened).append(line)
      }),
    document: (name, content) => guarded(() => writeWhole(join(path, name), content)),
    seal: () =>
      guarded(async () => {
        isSealed = true
        for (const one of evidence.values()) await (await one).sync()
        await writeWhole(join(path, 'evidence', 'index.json'), await indexOf(path))
      }),
    close: async () => {
      await journal.close()
      // one that could not be opened has nothing to close
      for (const one of evidence.values()) await (await one.catch(() => undefined))?.close()
    },
  }
}

async function firstFile(path: string): Promise<Appender> {
  await mkdir(join(path, 'evidence'), { recursive: true })
  return appender(join(path, 'journal.ndjson'), { synced: true })
}

interface Appender {
  append(line: object): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** Lines go to disk in the order of the calls; each call returns when its line is there. */
async function appender(path: string, { synced }: { synced: boolean }): Promise<Appender> {
  const file = await open(path, 'a')
  let last: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  return {
    append: (line) =>
      inTurn(async () => {
        await file.appendFile(`${JSON.stringify(line)}\n`)
        if (synced) await file.datasync()
      }),
    sync: () => inTurn(() => file.datasync()),
    close: () => inTurn(() => file.close()),
  }
}

/** The old content or the new one, never half of it: the plan is written twice, and a disk may fill up in between. */
async function writeWhole(path: string, content: object | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`
  const part = `${path}.part`
  try {
    await writeFile(part, text, { flush: true })
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Sums of every file of a run folder that a verdict may rest on. */
export async function indexOf(path: string): Promise<EvidenceIndex> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)))
    .filter((name) => !DERIVED.test(name))
    .sort()
  const files = []
  for (const name of names) {
    const content = await readFile(join(path, name))
    files.push({
      path: name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
  }
  return { schema: 'gauntlet/index/1', files }
}

/** Does this, and says of a folder that cannot be written what people need to know. */
export async function writable(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    throw cause instanceof Error && 'syscall' in cause ? cannotRecord(path, cause) : cause
  }
}

/** A full disk, or a folder that cannot be written, as people need to hear of it. */
function cannotRecord(path: string, cause: unknown): GauntletError {
  if (cause instanceof GauntletError) return cause
  return new GauntletError(
    isDiskFull(cause) ? 'DISK_FULL' : 'CANNOT_RECORD',
    `nothing can be written to ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    { exit: 'machinery', cause, hint: 'free space there, or make it writable; then do it again' },
  )
}
