import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { ShapedDevice } from '../chaos/drivers/local/netem/index.ts'
import { namespaceOf, PacketTable } from '../chaos/drivers/local/netfilter/index.ts'
import { lookAtMachine, type Machine } from '../chaos/index.ts'
import type { Control, JournalFact, Target } from '../reports/run/index.ts'
import { until } from '../reports/run/testing.ts'
import { createExec } from './process/exec.ts'
import { undo } from './process/guardian/undo.ts'
import { createHttp } from './process/http.ts'
import { identify, readStartedAt } from './process/identity.ts'
import { fixture, testFolder, testRunId } from './process/testing/place.ts'
import { breakIt as breakTarget, planIt } from './testing/break-it.ts'

const PORT = 7000
const FOREIGN = 'table inet theirs'
const folder = testFolder()
const machine = await lookAtMachine(createExec({ runId: testRunId() }))
const skip = machine.has.includes('nft') ? false : `no packets can be dropped here: ${machine.lacks.nft}`
const hasTbf = machine.has.includes('nft') && machine.has.includes('tbf')
const skipShaping = hasTbf ? false : `nothing can be shaped here: ${machine.lacks.nft ?? machine.lacks.tbf}`
const hasNetem = machine.has.includes('nft') && machine.has.includes('netem')

/** A client and a server in a network namespace of their own, with a table of somebody else in it. */
class Talkers implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly answers: string[] = []

  private constructor(child: ChildProcess, output: NodeJS.ReadableStream) {
    this.#child = child
    createInterface({ input: output }).on('line', (line) => this.answers.push(line))
  }

  static async start(bytes = 10): Promise<Talkers> {
    const program = join(import.meta.dirname, 'fixtures/packets/talks.js')
    const script = `ip link set lo up mtu 1500 && nft 'add ${FOREIGN}; add chain inet theirs in' && exec "$@"`
    const command = [process.execPath, program, String(PORT), String(bytes)]
    const child = spawn('unshare', ['--net', 'sh', '-c', script, 'sh', ...command], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const talkers = new Talkers(child, child.stdout)
    await talkers.say('answered')
    return talkers
  }

  get pid(): number {
    return this.#child.pid!
  }

  get target(): Target {
    const one = { ...identify(this.pid), labels: {}, state: 'ready' } as const
    const [listen, upstream] = [`127.0.0.1:${PORT}`, `127.0.0.1:${PORT}`]
    return {
      ...{ schema: 'gauntlet/target/1', name: 'talkers', version: '1' },
      addresses: {},
      processes: [
        { ...one, name: 'client', labels: { app: 'client' } },
        { ...one, name: 'server', labels: { app: 'server' } },
      ],
      links: [{ name: 'client→server', from: 'client', to: 'server', listen, upstream }],
      ...{ switches: [], facts: [], logs: [] },
      control: { url: 'http://127.0.0.1:1', tokenFile: join(folder, 'none') },
    }
  }

  /** waits until the client says it again */
  async say(what: 'answered' | 'silent'): Promise<void> {
    const before = this.answers.length
    await until(`the client is ${what}`, () => this.answers.slice(before).includes(what))
  }

  enter(...command: string[]): string {
    return execFileSync('nsenter', ['-t', String(this.pid), '-n', ...command], { encoding: 'utf8' })
  }

  ruleset = (): string => this.enter('nft', 'list', 'ruleset')
  qdiscs = (): string => this.enter('tc', 'qdisc', 'show')

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}

function controlOver(target: Target): Control {
  const nobody = (): never => assert.fail('packets need no control')
  return {
    describe: async () => target,
    ...{ fact: nobody, send: nobody, switchRequest: nobody, runRequest: nobody, routeRequest: nobody },
  }
}

const network = (spec: string): string =>
  `{ apiVersion: chaos-mesh.org/v1alpha1, kind: NetworkChaos, metadata: { name: x, annotations: { gauntlet/driver: packets } }, spec: { ${spec}, mode: all, selector: { labelSelectors: { app: client } } } }`

const STEADY = { steady: { app: 'client', atLeast: 1 }, rollbackWithin: '5s', machine }

const refusalsOf = (manifest: string, target: Target, on: Machine = machine) =>
  planIt(target, { ...STEADY, manifest, machine: on }).refusals

/** Runs it against the talkers until `meanwhile` is over; what the journal tells of it. */
async function breakIt(
  { target }: Talkers,
  manifest: string,
  meanwhile: () => Promise<void>,
): Promise<readonly JournalFact[]> {
  const course = await breakTarget(
    { target, control: controlOver(target) },
    { ...STEADY, manifest, meanwhile },
  )
  assert.ok(course.refused === undefined, course.refused?.join())
  return course.journal
}

const told = (journal: readonly JournalFact[], kind: JournalFact['kind']): string | undefined =>
  journal.flatMap((one) => (one.kind === kind && 'seen' in one ? [one.seen] : []))[0]

test('a partition is felt by the client, counted by the kernel, and gone after; a foreign table stays', {
  skip,
}, async () => {
  await using talkers = await Talkers.start()
  const before = talkers.ruleset()
  const journal = await breakIt(talkers, network('action: partition'), async () => {
    await talkers.say('silent')
    assert.match(talkers.ruleset(), /table inet gauntlet_/)
  })
  assert.match(
    told(journal, 'fault-confirmed') ?? JSON.stringify(journal),
    /^[1-9]\d* of \d+ packets were dropped$/,
  )
  assert.match(told(journal, 'fault-normal') ?? JSON.stringify(journal), /is gone$/)
  await talkers.say('answered')
  assert.equal(talkers.ruleset(), before)
  assert.match(before, /table inet theirs/)
})

test('half of the packets are lost by chance, in both directions, and the client goes on', {
  skip,
}, async () => {
  await using talkers = await Talkers.start()
  const journal = await breakIt(
    talkers,
    network(
      'action: loss, loss: { loss: "50" }, direction: both, target: { mode: all, selector: { labelSelectors: { app: server } } }',
    ),
    () => talkers.say('silent'),
  )
  assert.match(told(journal, 'fault-confirmed') ?? JSON.stringify(journal), /packets were dropped$/)
  await talkers.say('answered')
  assert.doesNotMatch(talkers.ruleset(), /gauntlet/)
})

test('what goes through another device than the one named is let alone', { skip }, async () => {
  await using talkers = await Talkers.start()
  const journal = await breakIt(talkers, network('action: partition, device: eth7'), () =>
    talkers.say('answered'),
  )
  assert.match(told(journal, 'fault-unproven') ?? JSON.stringify(journal), /no packet of the link/)
})

test('a target in the network namespace of this machine is refused in the plan', () => {
  const own = { ...identify(process.pid), labels: { app: 'client' } }
  const link = {
    name: 'client→server',
    from: 'client',
    to: 'server',
    listen: '127.0.0.1:1',
    upstream: '127.0.0.1:1',
  }
  const target: Target = {
    ...{ schema: 'gauntlet/target/1', name: 'talkers', version: '1', addresses: {} },
    processes: [{ ...own, name: 'client' }],
    links: [link],
    ...{ switches: [], facts: [], logs: [] },
    control: { url: 'http://127.0.0.1:1', tokenFile: join(folder, 'none') },
  }
  const able = { has: ['nft', 'netem', 'tbf'], lacks: {} } as const
  const [refusal] = refusalsOf(network('action: partition'), target, able)
  assert.match(refusal?.why ?? '', /client \(pid \d+\) is in the machine's own network namespace/)
  assert.match(refusal?.hint ?? '', /a network namespace of its own/)
  const unable = { has: [], lacks: { nft: 'nft: not found' } } as const
  const [lack] = refusalsOf(network('action: partition'), target, unable)
  assert.match(lack?.why ?? '', /there is no nft here: nft: not found/)
})

test("a table that has our name already is another's: nothing is done, and it stays", { skip }, async () => {
  await using talkers = await Talkers.start()
  const exec = createExec({ runId: testRunId() })
  const theirs = new PacketTable(namespaceOf(talkers.pid)!, 'x/y/1', exec)
  assert.equal(await theirs.make([]), undefined)
  await assert.rejects(new PacketTable(namespaceOf(talkers.pid)!, 'x/y/1', exec).refuseTaken(), {
    code: 'TABLE_TAKEN',
  })
  assert.match((await theirs.make([])) ?? '', /File exists/)
  assert.ok(await theirs.isThere())
})

const everything = [
  { packets: { hook: 'input', go: 'to', host: '127.0.0.1', port: PORT }, act: { drop: 1 } },
] as const

test('after kill -9 of the harness the guardian deletes our table, and nothing else', { skip }, async () => {
  await using talkers = await Talkers.start()
  const before = talkers.ruleset()
  const runId = testRunId()
  const table = new PacketTable(namespaceOf(talkers.pid)!, `${runId}/break-it/1`, createExec({ runId }))
  const held = { kind: 'fault', undo: table.undo, injection: `${runId}/break-it/1`, experiment: 'break-it' }
  const scratch = join(folder, 'scratch')
  const options = {
    runId,
    journalPath: join(folder, 'journal.ndjson'),
    scratch,
    lock: 'packets',
    undos: [held],
  }
  const harness = spawn(process.execPath, [fixture('stand-in-harness.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: harness.stdout }), 'line')
  assert.equal(await table.make(everything), undefined)
  await talkers.say('silent')
  harness.kill('SIGKILL')
  await until('the guardian has ended', () => readStartedAt(JSON.parse(line).guardian) === undefined)
  assert.equal(talkers.ruleset(), before)
  await talkers.say('answered')
  assert.match(readFileSync(options.journalPath, 'utf8'), /"fault-undone"/)
})

test('an undo is done through whoever is in the namespace, and is done already when nobody is', {
  skip,
}, async () => {
  const talkers = await Talkers.start()
  const namespace = namespaceOf(talkers.pid)!
  const table = new PacketTable(namespace, 'x/y/1', createExec({ runId: testRunId() }))
  const other = spawn('nsenter', ['-t', String(talkers.pid), '-n', 'sleep', '60'], { stdio: 'ignore' })
  await until('another is in it', () => namespaceOf(other.pid!) === namespace)
  assert.equal(await table.make(everything), undefined)
  await talkers[Symbol.asyncDispose]()
  const means = { http: createHttp(), timeoutMs: 5_000 }
  assert.ok(await table.isThere())
  assert.equal(await undo(table.undo, means), undefined)
  assert.equal(await table.isThere(), false)
  assert.equal(await undo(table.undo, means), undefined, 'again')
  const ended = once(other, 'exit')
  other.kill('SIGKILL')
  await ended
  assert.equal(await undo(table.undo, means), undefined)
  assert.equal(await table.isThere(), false)
})

test('bandwidth is shaped by tbf for the packets of the link alone, and the device is as before', {
  skip: skipShaping,
}, async () => {
  await using talkers = await Talkers.start(200_000)
  const before = talkers.qdiscs()
  const journal = await breakIt(
    talkers,
    network(
      'action: bandwidth, bandwidth: { rate: 100kbps, limit: 20000, buffer: 5000 }, direction: both, target: { mode: all, selector: { labelSelectors: { app: server } } }',
    ),
    () => talkers.say('silent'),
  )
  assert.match(told(journal, 'fault-confirmed') ?? JSON.stringify(journal), /times had to wait/)
  assert.match(told(journal, 'fault-normal') ?? JSON.stringify(journal), /are gone/)
  await talkers.say('answered')
  assert.equal(talkers.qdiscs(), before)
  assert.doesNotMatch(talkers.ruleset(), /gauntlet/)
})

test('a device with a foreign qdisc is refused, and the qdisc stays', { skip: skipShaping }, async () => {
  await using talkers = await Talkers.start()
  talkers.enter('tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'handle', '77:', 'htb')
  const place = { namespace: namespaceOf(talkers.pid)!, device: 'lo' }
  const device = new ShapedDevice(place, 'x/y/1', createExec({ runId: testRunId() }))
  await assert.rejects(device.refuseTaken(), { code: 'DEVICE_TAKEN', message: /the qdisc htb 77: already/ })
  assert.match((await device.make({ kind: 'tbf', options: [] })) ?? '', /^tc qdisc add dev lo root/)
  const means = { http: createHttp(), timeoutMs: 5_000 }
  assert.equal(await undo(device.undo, means), undefined)
  assert.match(talkers.qdiscs(), /htb 77: dev lo root/)
})

test('netem is looked for, and where it is not the plan says why', {
  skip: hasNetem && 'there is netem',
}, async () => {
  await using talkers = await Talkers.start()
  for (const spec of [
    'action: delay, delay: { latency: 50ms }',
    'action: duplicate, duplicate: { duplicate: "10" }',
  ]) {
    const refusals = refusalsOf(network(spec), talkers.target)
    assert.match(
      refusals.map(({ why }) => why).join('\n'),
      /there is no netem here: tc qdisc add dev lo root netem/,
    )
  }
})

test('a delay by netem is confirmed, and gone after', {
  skip: hasNetem ? false : machine.lacks.netem,
}, async () => {
  await using talkers = await Talkers.start()
  const journal = await breakIt(talkers, network('action: delay, delay: { latency: 400ms }'), () =>
    talkers.say('silent'),
  )
  assert.match(told(journal, 'fault-confirmed') ?? JSON.stringify(journal), /packets went through netem/)
  await talkers.say('answered')
  assert.doesNotMatch(talkers.qdiscs(), /netem/)
})

test('links whose packets look alike are refused, and told apart by their addresses', { skip }, async () => {
  await using talkers = await Talkers.start()
  const { target } = talkers
  const [link] = target.links
  const with2 = (listen: string) => ({
    ...target,
    links: [...target.links, { ...link!, name: 'other→server', from: 'server', listen }],
  })
  const why = (over: Target) => refusalsOf(network('action: partition'), over).map((one) => one.why)
  assert.match(
    why(with2(`localhost:${PORT}`)).join(),
    /client→server and other→server are dialled at one address/,
  )
  assert.deepEqual(why(with2(`127.0.0.2:${PORT}`)), [])
})
