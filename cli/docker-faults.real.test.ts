import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import {
  type GenericContainer,
  Network,
  type StartedNetwork,
  type StartedTestContainer,
  Wait,
} from 'testcontainers'
import { type Container, Docker, lookForDocker } from '../chaos/drivers/local/docker/index.ts'
import type { JournalFact } from '../reports/run/index.ts'
import { until } from '../reports/run/testing.ts'
import { undo } from './process/guardian/undo.ts'
import { createHttp } from './process/http.ts'
import { type BrokenBy, breakIt, told } from './testing/break-it.ts'
import { openDocker } from './testing/docker.ts'
import { startSmallTarget } from './testing/small-target.ts'
import { buildTinyImage } from './testing/tiny-image.ts'

const opened = await openDocker()
const skip = typeof opened === 'string' && opened
const dockerHost = typeof opened === 'string' ? '' : opened.host
const http = createHttp()
const docker = new Docker(dockerHost, http)

// no container that watches others, and no default bridge to find the host by
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true'
process.env['TESTCONTAINERS_HOST_OVERRIDE'] = '127.0.0.1'
process.env['DOCKER_HOST'] = dockerHost

interface Broken {
  readonly spec: string
  /** how the journal proves it */
  readonly confirmed: RegExp
  readonly isServing: boolean
  isBroken(now: Container): boolean
}

const BROKEN: readonly Broken[] = [
  {
    spec: 'action: pause',
    confirmed: /: it is paused$/,
    isServing: false,
    isBroken: ({ State }) => State.Paused,
  },
  ...['kill', 'stop'].map((action) => ({
    spec: `action: ${action}`,
    confirmed: /: it does not run$/,
    isServing: false,
    isBroken: ({ State }: Container) => !State.Running,
  })),
  {
    spec: 'action: disconnect',
    confirmed: /: it is in no network, not in /,
    isServing: false,
    isBroken: ({ NetworkSettings }) => Object.keys(NetworkSettings.Networks).length === 0,
  },
  {
    spec: 'action: limit, limit: { cpus: 0.25, memory: 64Mi }',
    confirmed: /: its cgroup says 0.25 CPUs and 64 MiB$/,
    isServing: true,
    isBroken: ({ HostConfig }) => HostConfig.CpuQuota === 25_000 && HostConfig.Memory === 64 * 2 ** 20,
  },
]

function manifest(spec: string, app = 'web'): string {
  return `{ apiVersion: gauntlet/v1, kind: ContainerChaos, metadata: { name: x }, spec: { ${spec}, mode: all, selector: { labelSelectors: { app: ${app} } } } }`
}

describe('faults on containers', { skip }, () => {
  let image: GenericContainer
  let network: StartedNetwork
  let web: StartedTestContainer
  let other: StartedTestContainer

  before(async () => {
    image = await buildTinyImage()
    network = await new Network().start()
    web = await startContainer('web')
    other = await startContainer('other')
    await giveAlias(web, 'www')
  })
  after(async () => {
    for (const one of [web, other]) await one?.stop({ timeout: 5_000 })
    await network?.stop()
    if (typeof opened !== 'string') await opened.stop()
  })

  for (const { spec, confirmed, isServing, isBroken } of BROKEN)
    test(`${spec}: it is felt from the outside, proven, and gone again`, async () => {
      const url = await urlOf(web)
      const untouched = await inspect(other)
      const journal = await runOn({
        manifest: manifest(spec),
        when: {
          'fault-confirmed': async () => {
            assert.ok(isBroken(await inspect(web)), 'as Docker tells it')
            if (isServing) await until('it answers', () => answers(url))
            else assert.equal(await answers(url), false)
          },
        },
      })
      assert.deepEqual(endsOf(journal), ['fault-confirmed', 'fault-normal'], told(journal))
      assert.match(told(journal), new RegExp(`fault-confirmed.*${confirmed.source}`, 'm'))
      assert.ok(!isBroken(await inspect(web)))
      assert.deepEqual(await inspect(other), untouched, 'a container without the label is let alone')
      assert.ok(endpointOf(await inspect(web)).Aliases?.includes('www'), 'it has its alias again')
      await until('it answers again', async () => answers(await urlOf(web)))
      const again = journal.find((one) => one.kind === 'fault-injecting')!.undo
      assert.equal(await undo(again, { http, timeoutMs: 5_000 }), undefined, 'its undo may be done twice')
    })

  test('a container that was replaced under its name since it was chosen is not hit', async () => {
    const named = await startContainer('short-lived', 'gauntlet-short-lived')
    let replacement: StartedTestContainer | undefined
    try {
      const journal = await runOn({
        manifest: manifest('action: pause', 'short-lived'),
        when: {
          'fault-injecting': async () => {
            await named.stop({ timeout: 5_000 })
            replacement = await startContainer('short-lived', 'gauntlet-short-lived')
          },
        },
      })
      assert.deepEqual(endsOf(journal), ['fault-unproven', 'fault-normal'], told(journal))
      assert.match(told(journal), /fault-unproven: nothing was done to gauntlet-short-lived/)
      assert.equal((await inspect(replacement!)).State.Paused, false)
    } finally {
      await replacement?.stop({ timeout: 5_000 })
    }
  })

  test('a container that was started anew since it was chosen is not hit', async () => {
    const journal = await runOn({
      manifest: manifest('action: pause'),
      when: { 'fault-injecting': startAnew },
    })
    assert.deepEqual(endsOf(journal), ['fault-unproven', 'fault-normal'], told(journal))
    assert.equal((await inspect(web)).State.Paused, false)
  })

  test('after kill -9 of the harness its guardian unpauses the container', async () => {
    await using small = await startSmallTarget()
    const harness = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'fixtures/docker/harness.ts'),
        JSON.stringify(small.target),
        manifest('action: pause'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const lines = createInterface({ input: harness.stdout })
    const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close')])
    assert.equal(line, 'on')
    assert.ok((await inspect(web)).State.Paused)
    harness.kill('SIGKILL')
    await until('it is unpaused', async () => !(await inspect(web)).State.Paused)
    await until('it answers again', async () => answers(await urlOf(web)))
  })

  test('labels that no running container has are refused before anything is broken', async () => {
    const refused = { code: 'NO_TARGETS', message: '0 of 0 running containers with app=nobody' }
    await assert.rejects(runOn({ manifest: manifest('action: pause', 'nobody') }), refused)
  })

  function startContainer(app: string, name?: string): Promise<StartedTestContainer> {
    const container = image
      .withNetwork(network)
      .withLabels({ app })
      .withWaitStrategy(Wait.forLogMessage('listening'))
    return (name === undefined ? container : container.withName(name)).start()
  }

  async function startAnew(): Promise<void> {
    const path = `/containers/${web.getId()}/restart?t=5`
    assert.equal((await docker.send({ method: 'POST', path, timeoutMs: 15_000 })).status, 204)
  }

  async function giveAlias(one: StartedTestContainer, alias: string): Promise<void> {
    const path = `/networks/${network.getName()}`
    const body = { Container: one.getId(), EndpointConfig: { Aliases: [alias] } }
    await docker.send({ method: 'POST', path: `${path}/disconnect`, body: { Container: one.getId() } })
    assert.equal((await docker.send({ method: 'POST', path: `${path}/connect`, body })).status, 200)
  }

  async function inspect(one: StartedTestContainer): Promise<Container> {
    const found = await docker.inspect(one.getId())
    assert.ok(found)
    return found
  }

  const endpointOf = (one: Container) => one.NetworkSettings.Networks[network.getName()] ?? {}
  const urlOf = async (one: StartedTestContainer): Promise<string> =>
    `http://${endpointOf(await inspect(one)).IPAddress}:8080/`
  const answers = async (url: string): Promise<boolean> =>
    (await http.send({ url, timeoutMs: 1_000 })).status === 200

  async function runOn(by: BrokenBy): Promise<readonly JournalFact[]> {
    await using small = await startSmallTarget()
    const machine = await lookForDocker(dockerHost, http)
    const course = await breakIt(small, { machine, ...by })
    assert.equal(course.refused, undefined)
    return course.refused === undefined ? course.journal : []
  }

  const UNTOLD = new Set(['hypothesis', 'fault-injecting', 'fault-injected', 'fault-undoing', 'fault-undone'])
  const endsOf = (journal: readonly JournalFact[]): string[] =>
    journal.map(({ kind }) => kind).filter((kind) => !UNTOLD.has(kind))
})
