import {
  type Clock,
  type Control,
  isTaken,
  type RequestUndo,
  said,
  type TargetLink,
  type Undo,
} from '../../../../reports/run/index.ts'
import { type InTurn, inTurn } from '../../in-turn.ts'
import { FaultToxics } from './fault-toxics.ts'
import { ledTo, refuseLed } from './straight.ts'
import type { Toxic, ToxicEffect, Toxiproxy } from './toxiproxy.ts'

/** How often it is looked whether the target's traffic comes the new way; then it goes on without. */
const COMES_LOOKS = 40
const COMES_EVERY_MS = 50

type TakeBack = (undo: Undo) => Promise<string | undefined>

/** A link that is led through a proxy while any fault is on it. */
interface Route {
  readonly proxy: string
  /** where the proxy listens */
  readonly via: string
  /** faults that are not on it yet: they keep the proxy, not the link's way through it */
  readonly coming: Set<string>
  /** the faults that are on it */
  readonly faults: Set<string>
}

/**
 * The links of one run that go through a proxy. Several faults may be on one link: the first leads it through the
 * proxy, each adds its toxics after those that are there, and the last to go leads it straight again.
 */
export class LinkRoutes {
  readonly #routes = new Map<string, Route>()
  /** changes of one link come one after the other, so that each knows who is on it */
  readonly #turns = new Map<string, InTurn>()
  readonly #control: Control
  readonly #clock: Clock
  readonly #openProxy: () => Promise<Toxiproxy>

  constructor(control: Control, clock: Clock, openProxy: () => Promise<Toxiproxy>) {
    this.#control = control
    this.#clock = clock
    this.#openProxy = openProxy
  }

  /**
   * A proxy that passes everything on, and where it listens: the target does not use it yet. It stays for this fault,
   * though others on the link end meanwhile.
   */
  prepare(link: TargetLink, fault: string): Promise<string> {
    return this.#inTurn(link, async () => {
      const { via, coming } = this.#routes.get(link.name) ?? (await this.#open(link))
      coming.add(fault)
      return via
    })
  }

  /** What takes a fault with these toxics back, whoever does it: it leads the link straight, other faults or not. */
  async undo(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<Undo> {
    const { proxy } = this.#route(link)
    const deletion = (await this.#openProxy()).deletion(proxy)
    const removals = (await this.#toxics(link, fault, toxics)).removals()
    const steps = [...removals, this.#straight(link), ...deletion]
    return { kind: 'steps', steps, does: `let ${link.name} go undisturbed, and straight` }
  }

  /** Leads the link through the proxy and adds the toxics; why it could not, or undefined. */
  disturb(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<string | undefined> {
    return this.#inTurn(link, () => {
      const { coming, faults } = this.#route(link)
      coming.delete(fault)
      faults.add(fault)
      return this.#disturb(link, fault, toxics)
    })
  }

  async #disturb(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<string | undefined> {
    const { proxy, via } = this.#route(link)
    const taken = await this.#control.send(this.#control.routeRequest(link.name, via))
    if (!isTaken(taken)) return `the target did not lead ${link.name} through ${via}: ${said(taken)}`
    const toxiproxy = await this.#openProxy()
    const passing = () => toxiproxy.openConnections(proxy).catch(() => 0)
    // what is cut before anybody came this way would not show that it is the target's way
    for (let n = 0; toxiproxy.tells && n < COMES_LOOKS && (await passing()) === 0; n++)
      await this.#clock.wait(COMES_EVERY_MS)
    return (await this.#toxics(link, fault, toxics)).add()
  }

  /** Whether the proxy says what its toxics did. */
  async tells(): Promise<boolean> {
    return (await this.#openProxy()).tells
  }

  /** What each toxic of a fault did so far; fewer when some are gone, or nobody can say. */
  async effects(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<ToxicEffect[]> {
    return this.#toxics(link, fault, toxics).then(
      (one) => one.effects(),
      () => [],
    )
  }

  /** Takes this fault back and leaves others on the link as they are; why it could not, in words, or undefined. */
  settle(
    link: TargetLink,
    fault: string,
    { toxics, takeBack }: { readonly toxics: readonly Toxic[]; readonly takeBack: TakeBack },
  ): Promise<string | undefined> {
    return this.#inTurn(link, async () => {
      const { faults } = this.#route(link)
      faults.delete(fault)
      const removals = (await this.#toxics(link, fault, toxics)).removals()
      const steps = faults.size === 0 ? [...removals, this.#straight(link)] : removals
      return takeBack({ kind: 'steps', steps, does: `let ${link.name} go undisturbed` })
    })
  }

  /** Undefined when nothing of the fault is left; else what still is, in words. Throws when nobody can say. */
  async left(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<string | undefined> {
    const { proxy, faults } = this.#route(link)
    const still = await (await this.#toxics(link, fault, toxics)).stillOn()
    if (still > 0) return `${still} of ${toxics.length} toxics are still on ${link.name}`
    if (faults.size > 0) return undefined
    const led = await ledTo(link, this.#control)
    if (led !== undefined) return `${link.name} still goes through ${led}`
    // the target lets those go that are busy once they are done: ended now, they would fail
    const open = await (await this.#openProxy()).openConnections(proxy)
    return open === 0 ? undefined : `${open} connections of ${link.name} still go through the proxy`
  }

  /** Whether the target says that the link goes elsewhere than straight. Throws when it does not say. */
  async isLed(link: TargetLink): Promise<boolean> {
    return (await ledTo(link, this.#control)) !== undefined
  }

  /** Undefined when others took the toxics off, or led the link straight; else what is still on it, in words. */
  async on(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<string | undefined> {
    const still = await (await this.#toxics(link, fault, toxics)).stillOn()
    if (still === 0) return undefined
    const { proxy, via } = this.#route(link)
    if ((await ledTo(link, this.#control)) !== undefined)
      return `${link.name} goes through ${via}, and ${still} toxics are on it`
    const open = await (await this.#openProxy()).openConnections(proxy)
    return open === 0 ? undefined : `${open} connections of ${link.name} still go through the proxy`
  }

  /** A fault that was prepared will not come. */
  abandon(link: TargetLink, fault: string): Promise<void> {
    this.#routes.get(link.name)?.coming.delete(fault)
    return this.forget(link)
  }

  /** Ends the proxy of a link that goes straight again. */
  forget(link: TargetLink): Promise<void> {
    return this.#inTurn(link, async () => {
      const route = this.#routes.get(link.name)
      if (route === undefined || route.faults.size + route.coming.size > 0) return
      this.#routes.delete(link.name)
      const toxiproxy = await this.#openProxy()
      await this.#clock.wait(toxiproxy.lingerMs)
      await toxiproxy.delete(route.proxy)
    })
  }

  #inTurn<Result>(link: TargetLink, change: () => Promise<Result>): Promise<Result> {
    const turn = this.#turns.get(link.name) ?? inTurn()
    this.#turns.set(link.name, turn)
    return turn(change)
  }

  async #open(link: TargetLink): Promise<Route> {
    await refuseLed(link, this.#control)
    const toxiproxy = await this.#openProxy()
    const proxy = toxiproxy.nameFor(link.name)
    const via = await toxiproxy.create(proxy, link.upstream)
    const route = { proxy, via, coming: new Set<string>(), faults: new Set<string>() }
    this.#routes.set(link.name, route)
    return route
  }

  #route(link: TargetLink): Route {
    const route = this.#routes.get(link.name)
    if (route === undefined) throw new Error(`no proxy was prepared for ${link.name}`)
    return route
  }

  async #toxics(link: TargetLink, fault: string, toxics: readonly Toxic[]): Promise<FaultToxics> {
    const { proxy } = this.#route(link)
    return new FaultToxics(await this.#openProxy(), proxy, fault, toxics)
  }

  #straight(link: TargetLink): RequestUndo {
    return this.#control.routeRequest(link.name, null)
  }
}
