import type { ActiveToxic } from './active-toxic.ts'
import type { DueQueue } from './due.ts'
import type { Link, Place } from './link.ts'
import { randomOf } from './random.ts'
import type { Outlet, Stage, Stream, Wire } from './toxic.ts'

/** The connection, as far as toxics know it. */
export interface Surroundings {
  readonly number: number
  readonly due: DueQueue
  readonly links: Readonly<Record<Stream, Link>>
  close(): void
  reset(): void
}

/** What a toxic left on one connection. */
export interface AppliedToxic {
  readonly memory: Record<string, number>
  release(): void
}

const OTHER: Readonly<Record<Stream, Stream>> = { upstream: 'downstream', downstream: 'upstream' }

/** Puts the stages of a toxic into the links, if the lot (its toxicity) falls on this connection. */
export function applyToxic(
  toxic: ActiveToxic,
  around: Surroundings,
  memory: Record<string, number> = {},
): AppliedToxic {
  const { order, stream } = toxic
  const [own, other] = [around.links[stream], around.links[OTHER[stream]]]
  if (lotOf(toxic, around) >= toxic.toxicity) return { memory, release: () => {} }
  const stage = toxic.effect.measured(toxic.settings.open, wireOf(toxic, around, memory))
  const places = [placeOf(stage, own), placeOf(stage?.opposite, other)].filter((one) => one !== undefined)
  for (const { link, place } of places) link.insert(place)
  return {
    memory,
    release: () => {
      for (const { link, place } of places) {
        place.stage.release()
        link.remove(place)
      }
    },
  }

  function placeOf(stage: Stage | undefined, link: Link): { link: Link; place: Place } | undefined {
    return stage && { link, place: { order, stage } }
  }
}

function lotOf({ name }: ActiveToxic, { number }: Surroundings): number {
  return randomOf('toxicity', name, number)()
}

function wireOf(toxic: ActiveToxic, around: Surroundings, memory: Record<string, number>): Wire {
  const { name, order, stream } = toxic
  const { number, due, links } = around
  const [own, other] = [links[stream], links[OTHER[stream]]]
  return {
    ...outletBehind(own, order),
    opposite: outletBehind(other, order),
    stream,
    connection: number,
    memory,
    nowMs: () => due.nowMs(),
    at: (dueMs, run) => due.at(dueMs, run),
    // a seed repeats what an earlier run drew, whose toxics bore its name
    random: (seed) => randomOf(seed === undefined ? name : `seed ${seed}`, stream, number),
    drained: () => {
      own.readOn()
      other.readOn()
    },
    close: () => around.close(),
    reset: () => around.reset(),
  }
}

/** What stands there may change while bytes wait. */
function outletBehind(link: Link, order: number): Outlet {
  return {
    send: (bytes) => link.behind(order).send(bytes),
    end: () => link.behind(order).end(),
  }
}
