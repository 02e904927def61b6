import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Compile } from 'typebox/compile'
import { JournalEntry, type JournalKind, Verdict } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { runCommandLine } from '../commands/index.ts'
import { line } from '../terminal/terminal.ts'
import { runFolders, type Shop } from './run-folders.ts'

/** Far longer than any plan of the shop takes to come so far, even on a busy machine. */
const PATIENCE_MS = 120_000
const COMMAND = join(import.meta.dirname, '../gauntlet.cjs')

/** The real command, as it ended. */
export interface EndedCommand {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  /** what people read */
  readonly stderr: string
}

export interface RunningCommand {
  readonly pid: number
  readonly ended: Promise<EndedCommand>
  send(signal: NodeJS.Signals): void
  /** as a terminal does it: to the whole process group */
  pressCtrlC(): void
  /** nobody reads any more, and the group is told so */
  closeTerminal(): void
  /** resolves once people could read this; fails when it is never said */
  says(what: RegExp): Promise<void>
  /** resolves once its run has journaled a fact of this kind; gives the folder */
  journals(kind: JournalKind): Promise<string>
}

type Variables = Readonly<Record<string, string>>

/** Starts `gauntlet` in the shop's folder, the way a person or CI would. */
export function startGauntlet(
  args: readonly string[],
  shop: Shop,
  variables: Variables = {},
): RunningCommand {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: shop.root,
    env: { ...shop.environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as a shell gives it
  })
  const { pid = 0 } = child
  const before = runFolders(shop)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  const exited = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (exitCode, signal) => resolve([exitCode, signal])),
  )
  return {
    pid,
    ended: Promise.all([exited, text(child.stdout)]).then(([[exitCode, signal], stdout]) => ({
      exitCode,
      signal,
      stdout,
      stderr: said,
    })),
    send: (signal) => void child.kill(signal),
    pressCtrlC: () => void process.kill(-pid, 'SIGINT'),
    closeTerminal: () => {
      child.stderr.destroy()
      process.kill(-pid, 'SIGHUP')
    },
    says: (what) => until(`it says ${what}`, () => what.test(said), PATIENCE_MS),
    journals: async (kind) => {
      const folder = () => runFolders(shop).find((one) => !before.includes(one)) ?? ''
      const journal = () => readText(join(folder(), 'journal.ndjson'))
      await until(`${kind} in its journal`, () => journal().includes(`"kind":"${kind}"`), PATIENCE_MS)
      return folder()
    },
  }
}

export function gauntlet(args: readonly string[], shop: Shop, variables?: Variables): Promise<EndedCommand> {
  return startGauntlet(args, shop, variables).ended
}

/** The command in this process, which is far quicker: for what starts nothing and needs no variables of its own. */
export async function gauntletHere(args: readonly string[], cwd: string): Promise<EndedCommand> {
  let [stdout, stderr] = ['', '']
  const exitCode = await runCommandLine(args, {
    cwd,
    out: (text) => {
      stdout += line(text)
    },
    screen: {
      write: (text) => {
        stderr += text
      },
      columns: undefined,
      isTerminal: false,
    },
    colour: false,
    onInterrupt: () => ({ release: () => {} }),
  })
  return { exitCode, signal: null, stdout, stderr }
}

/** `gauntlet run PLAN` on the shop's own ports, with `--json`; of plans as short as the shop's most are undecidable. */
export function runPlan(plan: string, { ports }: Shop, ...more: readonly string[]): readonly string[] {
  return ['run', plan, '--json', '--plain', '--port', String(ports[0]), '--allow-undecidable', ...more]
}

/** What a command said to programs and to people. */
export interface Answer {
  readonly document: Readonly<Record<string, unknown>>
  /** of a run that was judged */
  readonly verdict: Verdict | undefined
  readonly stderr: string
}

const isVerdict = Compile(Verdict)

/**
 * Holds a command that ended against the code it should have ended with. Its stdout must be one JSON document, which
 * says the same code: two of them, or one word beside it, would not parse.
 */
export function answerOf({ exitCode, stdout, stderr }: EndedCommand, code: number): Answer {
  assert.equal(exitCode, code, `${stderr}\n${stdout.slice(0, 5_000)}`)
  const document: unknown = JSON.parse(stdout)
  assert.ok(typeof document === 'object' && document !== null)
  const given = 'verdict' in document ? document.verdict : undefined
  const verdict = isVerdict.Check(given) ? given : undefined
  const said = verdict?.exitCode ?? ('exitCode' in document ? document.exitCode : undefined)
  assert.equal(said, code, `the document says exit ${said}`)
  return { document: { ...document }, verdict, stderr }
}

/** Of an experiment that a guard ended: its fault was there, and is proven gone. */
export function assertFaultAborted({ verdict }: Answer): void {
  assert.equal(verdict?.outcome, 'aborted')
  assert.deepEqual(
    verdict.faults.map(({ proof, undo }) => [proof, undo]),
    [['confirmed', 'proven gone']],
  )
}

const isEntry = Compile(JournalEntry)

/** The journal of a run folder; a line that is no entry fails the test. */
export function journalOf(folder: string): JournalEntry[] {
  const lines = readFileSync(join(folder, 'journal.ndjson'), 'utf8').trim().split('\n')
  return lines.map((line) => {
    const entry: unknown = JSON.parse(line)
    assert.ok(isEntry.Check(entry), line)
    return entry
  })
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
