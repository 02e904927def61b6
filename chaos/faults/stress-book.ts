import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { type Http, isTaken, type RequestUndo, said, type Undo } from '../../reports/run/index.ts'
import { inTurn } from '../drivers/in-turn.ts'
import { StressWanted } from '../drivers/local/stress/index.ts'
import type { Carriers } from './carriers.ts'

const open = { additionalProperties: true } as const
const Seen = Type.Object(
  {
    on: StressWanted,
    measured: Type.Object(
      {
        atSeconds: Type.Number(),
        cpuSeconds: Type.Number(),
        residentBytes: Type.Number(),
        descriptors: Type.Integer(),
        diskBytes: Type.Number(),
      },
      open,
    ),
  },
  open,
)
/** What the carrier says that it wants, and what the system says of it. */
export type StressSeen = Static<typeof Seen>

/** Memory and disks are filled before the carrier answers. */
const FILLED_WITHIN_MS = 60_000

/**
 * Who wants which burden on the machine in one run. The carrier knows one state only, so what several faults want at
 * once is added up. When that changes, a resource that several burden is let go of for a moment and taken anew.
 */
export class StressBook {
  readonly #wanted = new Map<string, StressWanted>()
  readonly #carriers: Carriers
  readonly #http: Http
  #idleBytes = 0
  /** one change after the other, so that the last one sent knows of all */
  readonly #inTurn = inTurn()

  constructor(carriers: Carriers, http: Http) {
    this.#carriers = carriers
    this.#http = http
  }

  /** What all of them want together. */
  get total(): StressWanted {
    return together([...this.#wanted.values()])
  }

  /** What all others want. */
  without(fault: string): StressWanted {
    return together([...this.#wanted].flatMap(([name, wanted]) => (name === fault ? [] : [wanted])))
  }

  /** Memory that the carrier needs for itself: as it was when nothing was wanted of it. */
  idleBytes(): Promise<number> {
    return this.#inTurn(async () => {
      const seen = this.#wanted.size === 0 ? await this.see() : 'busy'
      if (typeof seen === 'object' && 'measured' in seen) this.#idleBytes = seen.measured.residentBytes
      return this.#idleBytes
    })
  }

  /** What takes everything back, whoever does it and whoever else wants something. */
  undo(): Promise<RequestUndo> {
    return this.#request({})
  }

  /** Adds what a fault wants; why it could not, in words, or undefined. */
  want(fault: string, wanted: StressWanted): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const folders = new Set([...this.#wanted.values(), wanted].flatMap(({ disk }) => disk?.folder ?? []))
      if (folders.size > 1) return `only one folder is filled at a time, not ${[...folders].join(' and ')}`
      this.#wanted.set(fault, wanted)
      const refused = await this.#send()
      if (refused === undefined) return undefined
      // a carrier that cannot do all lets go of all
      this.#wanted.delete(fault)
      if (this.#wanted.size > 0) await this.#send()
      return `the machine was not burdened: ${refused}`
    })
  }

  /** Takes out what a fault wants, and leaves what others do. */
  settle(fault: string, takeBack: (undo: Undo) => Promise<string | undefined>): Promise<string | undefined> {
    return this.#inTurn(async () => {
      this.#wanted.delete(fault)
      return takeBack(await this.#request(this.total))
    })
  }

  /** What is now; `gone` when the carrier is, and all it held with it; in words why nobody can say. */
  async see(): Promise<StressSeen | 'gone' | { readonly silent: string }> {
    const reply = await this.#http.send({ url: await this.#url() })
    if (reply.status === 200 && Check(Seen, reply.body)) return reply.body
    return reply.status === null && reply.reason.includes('ECONNREFUSED') ? 'gone' : { silent: said(reply) }
  }

  async #send(): Promise<string | undefined> {
    const { does: _, goneIsDone: __, ...request } = await this.#request(this.total)
    const reply = await this.#http.send({ ...request, timeoutMs: FILLED_WITHIN_MS })
    return isTaken(reply) ? undefined : said(reply)
  }

  async #request(body: StressWanted): Promise<RequestUndo> {
    const does = `burden the machine with ${JSON.stringify(body)}`
    return { method: 'PUT', url: await this.#url(), body, goneIsDone: true, does }
  }

  async #url(): Promise<string> {
    return `${await this.#carriers.carrier('stress')}/stress`
  }
}

/** The sum of each resource; of loads the mean, so that as many cores are busy as all of them want. */
export function together(all: readonly StressWanted[]): StressWanted {
  const cpus = all.flatMap(({ cpu }) => cpu ?? [])
  const workers = sum(cpus.map((cpu) => cpu.workers))
  const bytes = sum(all.map(({ memory }) => memory?.bytes ?? 0))
  const count = sum(all.map(({ descriptors }) => descriptors?.count ?? 0))
  const disks = all.flatMap(({ disk }) => disk ?? [])
  const loadPercent = sum(cpus.map((cpu) => cpu.workers * cpu.loadPercent)) / workers
  return {
    ...(workers === 0 ? {} : { cpu: { workers, loadPercent } }),
    ...(bytes === 0 ? {} : { memory: { bytes } }),
    ...(count === 0 ? {} : { descriptors: { count } }),
    ...(disks[0] && { disk: { folder: disks[0].folder, bytes: sum(disks.map((disk) => disk.bytes)) } }),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
