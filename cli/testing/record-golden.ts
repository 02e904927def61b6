import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { GOLDEN } from '../house/golden-outputs.ts'
import { until } from '../process/testing/until.ts'
import { indexOf } from '../run/recorder.ts'
import { type RunningCommand, runPlan, startGauntlet } from './gauntlet.ts'
import { runFolders } from './run-folders.ts'
import { openShop } from './shop.ts'

// node cli/testing/record-golden.ts [NAME…]: records the golden runs of the shop anew, each through the real command.
// Then: npm run golden, and read the diff.

interface Recorded {
  /** how the run comes to an end that is none of the best */
  readonly plan: string
  readonly options?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  readonly disturb?: (running: RunningCommand) => Promise<void>
}

const RUNS: Readonly<Record<string, Recorded>> = {
  'shop-violated': { plan: 'steady', options: ['--switch', 'slow'] },
  'shop-inconclusive': { plan: 'glance' },
  'shop-invalid': { plan: 'worker-missed', variables: { SHOP_MODE: 'wrong-start' } },
  'shop-aborted': { plan: 'guarded', variables: { SHOP_MODE: 'sold-out' } },
  'shop-crashed': {
    plan: 'worker-long-lost',
    disturb: async (running) => {
      const folder = await running.journals('fault-confirmed')
      const load = join(folder, 'evidence', 'load.ndjson')
      const isHalfWay = (): boolean => existsSync(load) && readFileSync(load, 'utf8').split('\n').length > 6
      await until('some seconds of load are recorded', isHalfWay, 30_000)
      running.send('SIGKILL')
    },
  },
  'shop-empty': { plan: 'steady', variables: { SHOP_MODE: 'never-ready' } },
  'shop-hung': { plan: 'steady', options: ['--switch', 'hang'] },
  'shop-throws': { plan: 'mistaken-journey' },
}

const asked = process.argv.slice(2)
const shop = await openShop('the recording of golden runs')

for (const [name, { plan, options = [], variables = {}, disturb }] of Object.entries(RUNS))
  test(name, { skip: (asked.length > 0 && !asked.includes(name)) || shop.skip }, async () => {
    const running = startGauntlet(runPlan(plan, shop, ...options), shop, variables)
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
