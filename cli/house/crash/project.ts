import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Target } from '../../../reports/run/index.ts'
import type { CrashPoint } from './points.ts'

/** A project with one experiment, whose runs lie on a small disk of their own. */
export interface CrashProject extends Disposable {
  readonly folder: string
  readonly root: string
  /** of the file system on which the runs lie */
  readonly disk: string
  /** what is written here is said by the crash */
  readonly said: string
  /** what is written here is said when its run is about to begin */
  readonly ready: string
  /** what must be there before it begins */
  readonly go: string
}

const DISK = '1m'

/** A disk that will be full is a small one of its own; where only root may mount it, it is that of the project. */
export function crashProject({ fault, how }: CrashPoint, target: Target): CrashProject {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-crash-'))
  const root = join(folder, 'project')
  const disk = join(root, '.gauntlet')
  for (const path of [disk, join(folder, 'tmp'), join(folder, 'locks')]) mkdirSync(path, { recursive: true })
  const { schema: _, ...description } = target
  const config = { target: { description }, content: { experiments: ['experiments'] } }
  writeFileSync(join(root, 'gauntlet.config.ts'), `export default ${JSON.stringify(config)}\n`)
  mkdirSync(join(root, 'experiments'))
  writeFileSync(join(root, 'experiments/break-it.experiment.yaml'), JSON.stringify(experiment(fault)))
  const isMounted = how === 'disk-full' && mount(disk)
  return {
    ...{ folder, root, disk, said: join(folder, 'crashed.json') },
    ...{ ready: join(folder, 'ready'), go: join(folder, 'go') },
    [Symbol.dispose]: () => {
      if (isMounted) execFileSync('umount', ['-l', disk])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function mount(disk: string): boolean {
  if (process.getuid?.() !== 0) return false
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'gauntlet-crash', disk])
  return true
}

const back = { mode: 'one', selector: { labelSelectors: { app: 'back' } } }
const traffic = { mode: 'all', selector: { labelSelectors: { app: 'front' } } }

const MESH = 'chaos-mesh.org/v1alpha1'
const OURS = 'gauntlet/v1'

const MANIFESTS: Readonly<Record<CrashPoint['fault'], object>> = {
  pause: { apiVersion: OURS, kind: 'ProcessChaos', spec: { action: 'pause', ...back } },
  kill: { apiVersion: MESH, kind: 'PodChaos', spec: { action: 'pod-kill', ...back } },
  down: { apiVersion: MESH, kind: 'PodChaos', spec: { action: 'pod-failure', ...back } },
  delay: {
    apiVersion: MESH,
    kind: 'NetworkChaos',
    spec: { action: 'delay', delay: { latency: '50ms' }, ...traffic },
  },
  reset: {
    apiVersion: OURS,
    kind: 'LinkChaos',
    spec: { action: 'reset', mode: 'all', selector: { links: ['front→back'] } },
  },
  partition: { apiVersion: MESH, kind: 'NetworkChaos', spec: { action: 'partition', ...traffic } },
  /** its pid is another's by now: nothing may be sent to it */
  recycled: {
    apiVersion: OURS,
    kind: 'ProcessChaos',
    spec: { action: 'pause', mode: 'one', selector: { labelSelectors: { app: 'ghost' } } },
  },
}

function experiment(fault: CrashPoint['fault']): object {
  const manifest = { ...MANIFESTS[fault], metadata: { name: 'break-it' } }
  return {
    apiVersion: OURS,
    kind: 'Experiment',
    metadata: { name: 'break-it', title: 'It breaks', why: 'To see it mended' },
    spec: {
      hypothesis: [{ name: 'alive', process: { labels: { app: 'back' }, atLeast: 2 } }],
      method: [{ manifest }],
      rollback: { within: '8s' },
    },
  }
}
