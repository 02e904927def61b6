import { GauntletError, said, type Target, type Undo } from '../../reports/run/index.ts'
import {
  type Container,
  type ContainerAct,
  containerWords,
  type Docker,
  WHERE_DOCKER_IS,
} from '../drivers/local/docker/index.ts'
import { lacking, type Machine } from '../model/machine.ts'
import { isSelected } from '../model/manifests/index.ts'
import { type BlastRadius, radiusInWords, selectorInWords, selectSome } from '../radius/blast-radius.ts'
import { refuseForbidden } from './allowed-containers.ts'
import type {
  Fault,
  FaultScene,
  InjectedFault,
  PreparedFault,
  Refusal,
  Surroundings,
  UndoProof,
} from './fault-kind.ts'
import { holdsWithin } from './holds-within.ts'

/** How long Docker may take to tell of what it did. */
const SEEN_WITHIN_MS = 5_000

/** A fault on containers: those that run on this machine when it is injected, and carry the labels. */
export function onContainers(radius: BlastRadius, act: ContainerAct): Fault {
  const words = radiusInWords(radius, 'running containers')
  const { does, undo, proof } = act
  return {
    words: { radius: words, does: `${does} ${words}`, undo, proof },
    whyNot,
    aim: () => [],
    aimNow: async (seed, around) => {
      const { docker } = around
      const victims = await selectContainers(radius, seed, around)
      for (const one of victims) refuse(one, act)
      return victims.map((before) => ({
        victim: { kind: 'container', name: before.name },
        prepare: (scene) => prepare({ before, act, docker }, scene),
      }))
    },
  }
}

function whyNot({ name, control }: Target, machine: Machine): Refusal | undefined {
  if (control === undefined)
    return {
      why: `${name} offers no control, which an experiment asks what there is`,
      hint: 'describe target.control, as in reports/run/target.schema.json',
    }
  const why = lacking('docker', machine)
  return why === undefined ? undefined : { why, hint: WHERE_DOCKER_IS }
}

async function selectContainers(
  radius: BlastRadius,
  seed: number,
  { docker, containerRules }: Surroundings,
): Promise<Container[]> {
  const running = await docker.running()
  const fitting = running
    .filter((one) => isSelected(one, radius.selector))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const chosen = selectSome(fitting, radius, seed)
  refuseForbidden({ running, fitting, mostAtOnce: chosen.length }, containerRules)
  const victims = await Promise.all(chosen.map(({ id }) => docker.inspect(id)))
  const there = victims.filter((one) => one !== undefined)
  if (there.length > 0) return there
  const names = running.map(({ name }) => name).join(', ')
  throw new GauntletError(
    'NO_TARGETS',
    `0 of ${fitting.length} running containers ${selectorInWords(radius.selector)}`,
    {
      hint:
        names === ''
          ? 'no container runs here'
          : `there run ${names}; see their labels: docker ps --no-trunc`,
    },
  )
}

function refuse(one: Container, { whyNot, does }: ContainerAct): void {
  const why = whyNot?.(one)
  if (why === undefined) return
  throw new GauntletError('NOT_ON_THIS', `${does} ${containerWords(one)} cannot be done: ${why}`, {
    hint: 'select other containers',
  })
}

interface Aimed {
  readonly before: Container
  readonly act: ContainerAct
  readonly docker: Docker
}

async function prepare(aimed: Aimed, scene: FaultScene): Promise<PreparedFault> {
  const { before, act, docker } = aimed
  const ways = act.wayBack(before)
  const steps = await Promise.all(
    ways.map(async ({ does, doneIfSaid, ...request }) => ({
      ...(await docker.asData(request)),
      ...(doneIfSaid === undefined ? {} : { doneIfSaid }),
      goneIsDone: true,
      does,
    })),
  )
  const undo: Undo = { kind: 'steps', steps, does: ways.map(({ does }) => does).join(', ') }
  return { undo, inject: async () => injected({ ...aimed, undo, failure: await hit(aimed) }, scene) }
}

/** Why it was not hit, or not wholly; undefined when it was. */
async function hit({ before, act, docker }: Aimed): Promise<Failure | undefined> {
  const now = await docker.inspect(before.Id).catch((error: unknown) => String(error))
  const words = containerWords(before)
  if (typeof now === 'string') return { isHit: false, why: now }
  const { Running, Paused, StartedAt } = now?.State ?? {}
  if (!Running || Paused || StartedAt !== before.State.StartedAt)
    return {
      isHit: false,
      why: `nothing was done to ${words}: it is gone, or was ended, paused or started anew`,
    }
  for (const [n, request] of act.requests(before).entries()) {
    const reply = await docker.send(request)
    const isRefused = reply.status !== null && reply.status >= 400 && reply.status < 500
    if (reply.status === null || reply.status >= 400)
      return { isHit: n > 0 || !isRefused, why: `Docker did not do it to ${words}: ${said(reply)}` }
  }
  return undefined
}

interface Failure {
  /** something may have been done: it is taken back */
  readonly isHit: boolean
  readonly why: string
}

interface Hit extends Aimed {
  readonly undo: Undo
  readonly failure: Failure | undefined
}

function injected({ before, act, docker, undo, failure }: Hit, scene: FaultScene): InjectedFault {
  const { context, rollbackWithinMs, takeBack } = scene
  const words = containerWords(before)
  let seen = 'Docker did not tell'
  const look = async () => {
    // under its name, if another has taken its place
    const now = (await docker.inspect(before.Id)) ?? (await docker.inspect(before.name))
    const looked = await act.look(before, now)
    seen = looked.seen
    return looked
  }
  const isOn = async (): Promise<boolean> => (await look()).isOn
  const isNormal = async (): Promise<boolean> => (await look()).isNormal
  const normalWithin = async (limitMs: number): Promise<UndoProof> => {
    if (failure?.isHit === false) return { normal: true, seen: 'no container was hit' }
    const normal = await holdsWithin(limitMs, isNormal, context.clock)
    return { normal, seen: `${words}: ${seen}` }
  }
  return {
    prove: async () => {
      if (failure !== undefined) return { proof: 'unproven', seen: failure.why }
      const on = await holdsWithin(SEEN_WITHIN_MS, isOn, context.clock)
      return { proof: on ? 'confirmed' : 'mismatch', seen: `${words}: ${seen}` }
    },
    undo: async () => (failure?.isHit === false ? 'nothing to do' : ((await takeBack(undo)) ?? undo.does)),
    goneByOthers: () => normalWithin(0),
    proveGone: () => normalWithin(rollbackWithinMs),
  }
}
