import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { JournalEntry, LoadSecond, Plan, Run, Verdict } from '../reports/run/index.ts'
import { findLeftovers } from './process/marks.ts'
import { lockPortBlock, type PortBlock } from './process/ports.ts'
import { createSpareRuns } from './testing/spare-runs.ts'

const root = resolve(import.meta.dirname, '..')
const LIMIT_MS = 10 * 60_000

interface Finished {
  readonly exitCode: number
  readonly folder: string
  readonly runId: string
  readonly verdict: Verdict
}

let block: PortBlock
/** removed at the end */
const folders = new Set<string>()
before(async () => {
  block = await lockPortBlock(40, 'verify-short')
})
after(() => {
  block.release()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

// for all tests together, which have ten minutes
const made = createSpareRuns(2)

/** Undefined, and the test is skipped, where others keep the machine too busy to learn anything. */
const verifyShort = (context: TestContext, ...options: string[]): Promise<Finished | undefined> =>
  made(context, { run: () => oneVerifyShort(...options), findings: ({ verdict }) => verdict.findings })

/** verify-short through the real command, on ports of its own. */
async function oneVerifyShort(...options: string[]): Promise<Finished> {
  const args = ['run', 'verify-short', '--plain', '--json', ...options]
  const child = spawn(process.execPath, [join(root, 'cli/gauntlet.cjs'), ...args], { cwd: root })
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const [exitCode] = await once(child, 'close')
  assert.notEqual(out, '', said)
  const { run, report, verdict } = JSON.parse(out)
  const folder = dirname(dirname(resolve(root, report)))
  folders.add(folder)
  const { target }: Plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))
  if (target.control !== undefined) folders.add(dirname(target.control.tokenFile)) // Plaza's data, on ports of ours
  return { exitCode, folder, runId: run, verdict }
}

const onPorts = (): string[] => ['--port', String(block.ports[0])]
const violated = ({ verdict }: Finished): string[] =>
  verdict.objectives.filter((one) => one.verdict === 'violated').map((one) => one.name)

async function nothingIsLeft({ runId }: Finished): Promise<void> {
  const scratch = readdirSync(tmpdir()).filter((name) => name.startsWith(`gauntlet-${runId}-`))
  assert.deepEqual(scratch, [], 'the scratch folder, with its FIFO and browser profiles')
  assert.deepEqual(await findLeftovers({ runId, ports: block.ports, scratch: '/nowhere' }), [])
}

describe('verify-short against Plaza', { timeout: LIMIT_MS }, () => {
  it('is met, with the events that can decide each objective, checks that hold and the fault proven in order', async (context) => {
    const run = await verifyShort(context, ...onPorts())
    if (run === undefined) return
    assert.equal(run.exitCode, 0, JSON.stringify(run.verdict, null, 1))
    const plan: Plan = read(run, 'plan.json')
    assert.deepEqual(
      run.verdict.objectives.map((one) => one.name).sort(),
      plan.objectives.map((one) => one.name).sort(),
    )
    for (const one of run.verdict.objectives) assert.ok(one.events > 0, one.name)
    const head: Run = read(run, 'run.json')
    assert.match(head.k6?.version ?? '', /^2\./)
    assert.ok(head.k6?.origin)
    const fault = journalOf(run).filter((entry) => entry.kind.startsWith('fault-'))
    assert.deepEqual(
      fault.map((entry) => entry.kind),
      [
        'fault-injecting',
        'fault-injected',
        'fault-confirmed',
        'fault-undoing',
        'fault-undone',
        'fault-normal',
      ],
    )
    const [injecting] = fault
    assert.ok(injecting?.kind === 'fault-injecting')
    const [victim] = injecting.victims
    assert.ok(victim !== undefined && 'pid' in victim && victim.pid > 1 && victim.startedAt > 0)
    for (const [name, { held, failed }] of checksOf(run)) {
      assert.ok(held > 0 && failed <= held / 100, `check "${name}": ${held} held, ${failed} failed`)
    }
    assert.deepEqual(
      new Set(checksOf(run).keys()),
      new Set(['search answers with results', 'coupon is shown', 'order is accepted']),
    )
    await nothingIsLeft(run)
  })

  it('is violated on search and gateway alone when search is slow', async (context) => {
    const run = await verifyShort(context, ...onPorts(), '--switch', 'slow-search')
    if (run === undefined) return
    assert.equal(run.exitCode, 21)
    assert.deepEqual(violated(run), ['gateway-latency', 'search-latency'])
    await nothingIsLeft(run)
  })

  it('is violated on everything about requests, and on nothing else, when the gateway hangs', async (context) => {
    const run = await verifyShort(context, ...onPorts(), '--switch', 'hang')
    if (run === undefined) return
    assert.equal(run.exitCode, 21)
    assert.deepEqual(violated(run), ['api-availability', 'gateway-latency', 'search-latency'])
    await nothingIsLeft(run)
  })

  it('finds exactly the orders swallowed by a Plaza that ran before, its switch thrown by hand, and leaves it running', async (context) => {
    const plaza = await startPlaza()
    try {
      await throwSwitch(plaza.description, 'lose-orders')
      const run = await verifyShort(context, '--target', plaza.description)
      if (run === undefined) return
      assert.equal(run.exitCode, 21)
      assert.deepEqual(violated(run), ['orders-not-lost'])
      const plan: Plan = read(run, 'plan.json')
      const log = plan.target.logs.find((one) => one.name === 'orders')
      assert.ok(log && existsSync(log.path))
      const swallowed = linesOf(log.path)
        .filter((line) => line.msg === 'order swallowed')
        .map((line) => String(line.orderId))
      const lost = run.verdict.objectives
        .find((one) => one.name === 'orders-not-lost')!
        .ids.map((one) => one.id)
      assert.ok(lost.length > 0)
      assert.deepEqual(lost.toSorted(), swallowed.filter((id) => accepted(run).has(id)).toSorted())
      assert.equal(plaza.hasEnded(), false, 'a Plaza that we did not start is left running')
    } finally {
      await plaza.stop()
    }
  })
})

async function throwSwitch(description: string, name: string): Promise<void> {
  const target = JSON.parse(readFileSync(description, 'utf8'))
  const token = readFileSync(target.control.tokenFile, 'utf8').trim()
  const reply = await fetch(`${target.control.url}/switches/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ on: true }),
  })
  assert.equal(reply.status, 200)
}

async function startPlaza() {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-plaza-by-hand-'))
  folders.add(folder)
  const description = join(folder, 'target.json')
  const child = spawn(process.execPath, [join(root, 'reference-app/supervisor/main.ts'), ...onPorts()], {
    env: { ...process.env, GAUNTLET_TARGET_FILE: description },
  })
  let ended = false
  const exited = once(child, 'close').then(() => {
    ended = true
  })
  let said = ''
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      if (said.includes('ready')) resolve()
    })
    void exited.then(() => reject(new Error(`Plaza ended before it was ready: ${said}`)))
  })
  await ready
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
  }
  return { description, stop, hasEnded: () => ended }
}

function read(run: Finished, name: string) {
  return JSON.parse(readFileSync(join(run.folder, name), 'utf8'))
}

/** How often each check of a journey held and failed. */
function checksOf(run: Finished): Map<string, { held: number; failed: number }> {
  const seconds: LoadSecond[] = linesOf(join(run.folder, 'evidence/load.ndjson'))
  const checks = new Map<string, { held: number; failed: number }>()
  for (const { measure, name, outcome, count } of seconds.flatMap(({ series }) => series)) {
    if (measure !== 'check') continue
    const counts = checks.get(name) ?? { held: 0, failed: 0 }
    counts[outcome === 'ok' ? 'held' : 'failed'] += count
    checks.set(name, counts)
  }
  return checks
}

function linesOf(path: string) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

const journalOf = (run: Finished): JournalEntry[] => linesOf(join(run.folder, 'journal.ndjson'))
const accepted = (run: Finished): Set<string> =>
  new Set(linesOf(join(run.folder, 'evidence/acks.ndjson')).map((ack) => ack.id))
