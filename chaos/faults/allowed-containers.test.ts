import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ContainerRules, GauntletError, type HttpReply, type Target } from '../../reports/run/index.ts'
import { fakeContext } from '../../reports/run/testing.ts'
import { Docker } from '../drivers/local/docker/index.ts'
import { aimedNow } from '../planning/planned-fault.ts'

const NAMES = { 'web-1': 'web', 'web-2': 'web', 'db-1': 'db' }

/** What Docker tells of two that serve and one that stores. */
function reply({ url }: { readonly url: string }): HttpReply {
  if (url.endsWith('/version')) return { status: 200, body: { ApiVersion: '1.47' } }
  if (url.includes('/containers/json')) {
    const listed = Object.entries(NAMES).map(([name, app]) => ({
      ...{ Id: name, Names: [`/${name}`], Labels: { app } },
    }))
    return { status: 200, body: listed }
  }
  const [, Id = ''] = /containers\/([^/]+)\/json/.exec(url) ?? []
  const HostConfig = { AutoRemove: false, NanoCpus: 0, CpuPeriod: 0, CpuQuota: 0, Memory: 0, MemorySwap: 0 }
  const State = { Running: true, Paused: false, Pid: 1, StartedAt: 'x' }
  const body = { Id, Name: `/${Id}`, State, Config: {}, HostConfig, NetworkSettings: { Networks: {} } }
  return { status: 200, body }
}

/** The containers that are hit, or why none may be. */
async function aimed(spec: string, containers: Partial<ContainerRules> | undefined): Promise<string> {
  const { context } = fakeContext({ reply })
  const manifest = {
    ...{ apiVersion: 'gauntlet/v1', kind: 'ContainerChaos', metadata: { name: 'x' } },
    spec: { action: 'pause', ...JSON.parse(spec) },
  }
  const planned = {
    ...{ kind: 'container-chaos', manifest, atMs: 0, seed: 1 },
    ...{ radius: '', does: '', undo: '', proof: '' },
  }
  const rules = containers && { names: [], labels: {}, greatestShare: {}, ...containers }
  const around = { docker: new Docker(undefined, context.http), containerRules: rules }
  const described: Target = {
    ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1', addresses: {} },
    ...{ processes: [], links: [], switches: [], facts: [], logs: [] },
  }
  try {
    const hit = await aimedNow(planned, described, around)
    return hit.map(({ victim }) => victim.name).join(' ')
  } catch (error) {
    assert.ok(error instanceof GauntletError && error.code === 'FORBIDDEN', String(error))
    return error.message
  }
}

const selects = (app: string, mode = 'one'): string =>
  JSON.stringify({ mode, selector: { labelSelectors: { app } } })

for (const [title, spec, rules, expected] of [
  ['without a policy the one with the label is hit', selects('db'), undefined, /^db-1$/],
  [
    'a protected container is not',
    selects('db'),
    { names: ['db-1'] },
    /the container db-1, which the policy/,
  ],
  [
    'nor one that may be drawn',
    selects('web'),
    { names: ['web-1'] },
    /the container web-1, which the policy/,
  ],
  ['whichever is drawn', selects('web'), { names: ['web-2'] }, /the container web-2, which the policy/],
  ['a protected one harms no other', selects('web'), { names: ['db-1'] }, /^web-\d$/],
  [
    'a protected label protects its containers',
    selects('db'),
    { labels: { app: 'db' } },
    /label app=db \(db-1\)/,
  ],
  ['one of two is half of them', selects('web'), { greatestShare: { app: 0.5 } }, /^web-\d$/],
  [
    'all of two are more than half',
    selects('web', 'all'),
    { greatestShare: { app: 0.5 } },
    /^it may hit 2 of the 2 running containers with app=web; the policy's greatest share is 50 %$/,
  ],
] as readonly [string, string, Partial<ContainerRules> | undefined, RegExp][])
  test(title, async () => assert.match(await aimed(spec, rules), expected))
