import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { until } from '../../reports/run/testing.ts'
import { GOLDEN } from '../house/golden-outputs.ts'
import { indexOf } from '../run/record/recorder.ts'
import { journalOf, type RunningCommand, runPlan, startGauntlet } from './gauntlet.ts'
import { runFolders } from './run-folders.ts'
import { openShop } from './shop.ts'

// node cli/testing/record-golden.ts [NAME…]: records the golden runs of the shop anew, each through the real command.
// Then: npm run golden, and read the diff.

interface Recorded {
  readonly command: readonly string[]
  /** how the run comes to an end that is none of the best */
  readonly variables?: Readonly<Record<string, string>>
  readonly disturb?: (running: RunningCommand) => Promise<void>
}

const asked = process.argv.slice(2)
const shop = await openShop('the recording of golden runs')
const planned = (plan: string, ...options: readonly string[]) => runPlan(plan, shop, ...options)

const RUNS: Readonly<Record<string, Recorded>> = {
  'shop-violated': { command: planned('steady', '--switch', 'slow') },
  'shop-inconclusive': { command: planned('glance') },
  'shop-invalid': { command: planned('worker-missed'), variables: { SHOP_MODE: 'wrong-start' } },
  'shop-aborted': { command: planned('guarded'), variables: { SHOP_MODE: 'sold-out' } },
  'shop-crashed': {
    command: planned('worker-long-lost'),
    disturb: async (running) => {
      const folder = await running.journals('fault-confirmed')
      const load = join(folder, 'evidence', 'load.ndjson')
      const isHalfWay = (): boolean => existsSync(load) && readFileSync(load, 'utf8').split('\n').length > 6
      await until('some seconds of load are recorded', isHalfWay, 30_000)
      running.send('SIGKILL')
    },
  },
  'shop-empty': { command: planned('steady'), variables: { SHOP_MODE: 'never-ready' } },
  'shop-hung': { command: planned('steady', '--switch', 'hang') },
  'shop-throws': { command: planned('mistaken-journey') },
  'shop-guarded': { command: planned('guarded-worker'), variables: { SHOP_MODE: 'told' } },
  'shop-alerted': { command: planned('slow-shelf') },
  'shop-drilled': {
    command: [
      ...['chaos', 'run', 'pause-worker', '--fault-only', '--plain', '--json'],
      ...['--port', String(shop.ports[0])],
    ],
    disturb: async (running) => {
      const folder = await running.journals('fault-confirmed')
      await running.says(/not yet: /)
      for (const entry of journalOf(folder))
        if (entry.kind === 'fault-injecting')
          for (const victim of entry.victims) if ('pid' in victim) process.kill(victim.pid, 'SIGCONT')
    },
  },
}

// a status check of Chaos Mesh has an address of its own
const checked = join(shop.root, 'perf/slow-shelf.experiment.yaml')
writeFileSync(checked, readFileSync(checked, 'utf8').replace(':7900', `:${shop.ports[0]}`))

for (const [name, { command, variables = {}, disturb }] of Object.entries(RUNS))
  test(name, { skip: (asked.length > 0 && !asked.includes(name)) || shop.skip }, async () => {
    const running = startGauntlet(command, shop, variables)
    await disturb?.(running)
    await running.ended
    const folder = runFolders(shop).at(-1)
    if (folder === undefined) throw new Error(`${name} left no run folder`)
    await keep(folder, join(GOLDEN, name))
  })

/** The record alone, without the paths of this machine; its sums are made anew where it had some. */
async function keep(folder: string, golden: string): Promise<void> {
  rmSync(golden, { recursive: true, force: true })
  cpSync(folder, golden, { recursive: true })
  for (const path of ['verdict.json', 'report']) rmSync(join(golden, path), { recursive: true, force: true })
  for (const path of filesIn(golden)) {
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll(shop.root, '/shop').replaceAll(shop.temporary, '/tmp'))
  }
  const index = join(golden, 'evidence', 'index.json')
  if (existsSync(index)) writeFileSync(index, `${JSON.stringify(await indexOf(golden), null, 1)}\n`)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

after(() => console.log('now: npm run golden'))
