import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Compile } from 'typebox/compile'
import { type Control, controlOf, type ProcessIdentity, Target } from '../../reports/run/index.ts'
import type { Lie } from '../fixtures/target/main.ts'
import { createHttp } from '../process/http.ts'
import { lockPortBlock, type PortBlock } from '../process/ports.ts'

/** its processes that answer */
const BACKS = 2

const isTarget = Compile(Target)

/** Of every test of this machine; a test may have set its own by the time it starts a target. */
const sharedLocks = process.env['GAUNTLET_LOCKS']

export interface SmallTarget extends AsyncDisposable {
  readonly target: Target
  readonly control: Control
  readonly pid: number
}

export interface Backs {
  /** a path to libfaketime: they have clocks that can be skewed */
  readonly faketime?: string
  /** they write to their disk as fast as it takes it */
  readonly writes?: boolean
}

/**
 * Starts the small target of `cli/fixtures/target`; `lie` is what it says and does not do. With `ghost` it describes a
 * process of its own under the pid of that one, which is another's; what its back
 * processes do besides is in `backs`.
 */
export async function startSmallTarget(
  lie: Lie = 'none',
  ghost?: ProcessIdentity,
  { faketime = '', writes = false }: Backs = {},
): Promise<SmallTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-small-target-'))
  // none that a connection may be given as its own: a process that is restarted needs the same one again
  const { ports, release } = await lockPorts()
  const program = join(import.meta.dirname, '../fixtures/target/main.ts')
  const child = spawn(
    process.execPath,
    [program, folder, ports.join(','), lie, String(ghost?.pid ?? ''), faketime, writes ? 'writes' : ''],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    },
  )
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const target: unknown = JSON.parse(line)
  assert.ok(isTarget.Check(target), 'the small target describes itself as agreed')
  return {
    target,
    control: controlOf(target, createHttp())!,
    pid: child.pid!,
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'exit')
      child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await ended
      rmSync(folder, { recursive: true, force: true })
      release()
    },
  }
}

async function lockPorts(): Promise<PortBlock> {
  const own = process.env['GAUNTLET_LOCKS']
  if (own === undefined || sharedLocks === undefined) return lockPortBlock(BACKS, 'the small target')
  process.env['GAUNTLET_LOCKS'] = sharedLocks
  try {
    return await lockPortBlock(BACKS, 'the small target')
  } finally {
    process.env['GAUNTLET_LOCKS'] = own
  }
}
