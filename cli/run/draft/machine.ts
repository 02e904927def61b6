import {
  type Experiment,
  lookAtMachine,
  lookForDocker,
  lookForPrlimit,
  lookForSlowDisk,
  lookHere,
  type Machine,
} from '../../../chaos/index.ts'
import type { Exec } from '../../../reports/run/index.ts'
import { createHttp } from '../../process/http.ts'
import { tellsListeners } from '../../process/ports.ts'

/** What this machine has for these experiments: only what one of them needs is looked for. */
export async function machineFor(
  experiments: Iterable<Experiment>,
  exec: Exec,
): Promise<Machine | undefined> {
  const methods = JSON.stringify([...experiments].map(({ spec }) => spec.method))
  const looked = await Promise.all([
    // whichever Schedule or Workflow holds it, which has it as a key
    ...(/NetworkChaos/i.test(methods) ? [lookAtMachine(exec)] : []),
    ...(methods.includes('"slow-disk"') ? [lookForSlowDisk(lookHere)] : []),
    ...(methods.includes('"descriptors"') ? [lookForPrlimit(exec)] : []),
    ...(methods.includes('"pause"') ? [listenersHere(tellsListeners())] : []),
    ...(methods.includes('ContainerChaos') ? [lookForDocker(dockerHost(), createHttp())] : []),
  ])
  if (looked.length === 0) return undefined
  return {
    has: looked.flatMap(({ has }) => has),
    lacks: Object.fromEntries(looked.flatMap(({ lacks }) => Object.entries(lacks))),
  }
}

/** Who is paused may have to be found by his port. */
export const listenersHere = (areTold: boolean): Machine =>
  areTold
    ? { has: ['listeners'], lacks: {} }
    : { has: [], lacks: { listeners: 'this system does not tell who listens on a port' } }

/** Where Docker listens, when it is not at its usual place. */
export const dockerHost = (): string | undefined => process.env['DOCKER_HOST']
