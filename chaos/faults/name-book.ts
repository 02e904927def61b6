import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import {
  type Control,
  type Http,
  type HttpReply,
  isTaken,
  type RequestUndo,
  said,
  type TargetLink,
  type Undo,
} from '../../reports/run/index.ts'
import { inTurn } from '../drivers/in-turn.ts'
import type { ResolverRule } from '../drivers/local/resolver/index.ts'
import type { Carriers, UndoKeeper } from '../engine/keeper.ts'

const open = { additionalProperties: true } as const
const Seen = Type.Object(
  {
    listen: Type.String(),
    rules: Type.Array(Type.Object({ asked: Type.Integer(), failed: Type.Integer() }, open)),
    forwarded: Type.Integer(),
  },
  open,
)
type Seen = Static<typeof Seen>

/** What a rule met so far, and the questions that no rule named. */
export interface RuleEffect {
  readonly asked: number
  readonly failed: number
  readonly forwarded: number
}

/**
 * The rules on names in one run. The resolver knows one list, so what several faults say is put one after the other:
 * the first that fits a name decides. The first fault leads the link to it, the last one to go leads it straight.
 */
export class NameBook {
  readonly #rules = new Map<string, ResolverRule>()
  readonly #control: Control
  readonly #carriers: Carriers
  readonly #http: Http
  /** one change after the other, so that the last one sent knows of all */
  readonly #inTurn = inTurn()
  /** how the target dialled before the first rule */
  #straight = ''

  constructor(control: Control, carriers: Carriers, http: Http) {
    this.#control = control
    this.#carriers = carriers
    this.#http = http
  }

  /** What takes everything back, whoever does it and whatever other rules there are. */
  async undo(link: TargetLink): Promise<Undo> {
    const steps = [await this.#request([], link), this.#control.routeRequest(link.name, null)]
    return { kind: 'steps', steps, does: `let names be, and lead ${link.name} straight` }
  }

  /** Adds a rule and leads the link to the resolver; why it could not, in words, or undefined. */
  add(fault: string, rule: ResolverRule, link: TargetLink): Promise<string | undefined> {
    return this.#inTurn(async () => {
      if (this.#rules.size === 0) this.#straight = link.listen
      this.#rules.set(fault, rule)
      const { does: _, goneIsDone: __, ...request } = await this.#request([...this.#rules.values()], link)
      const ruled = await this.#http.send(request)
      const seen = seenIn(ruled)
      if (seen === undefined) return `the resolver did not take the rule: ${said(ruled)}`
      const led = await this.#control.send(this.#control.routeRequest(link.name, seen.listen))
      return isTaken(led) ? undefined : `the target did not lead ${link.name} to the resolver: ${said(led)}`
    })
  }

  /** Takes a fault's rule out, and leads the link straight when it was the last one. */
  settle(fault: string, link: TargetLink, takeBack: UndoKeeper['takeBack']): Promise<string | undefined> {
    return this.#inTurn(async () => {
      this.#rules.delete(fault)
      const rules = await this.#request([...this.#rules.values()], link)
      const straight = this.#rules.size === 0 ? [this.#control.routeRequest(link.name, null)] : []
      return takeBack({ kind: 'steps', steps: [rules, ...straight], does: `let names on ${link.name} be` })
    })
  }

  /** Undefined: the resolver, or the rule, is not there. */
  async effect(fault: string): Promise<RuleEffect | undefined> {
    const seen = await this.#see()
    const rule = seen?.rules[[...this.#rules.keys()].indexOf(fault)]
    return seen && rule && { asked: rule.asked, failed: rule.failed, forwarded: seen.forwarded }
  }

  /** Undefined when nothing is left of a fault that was settled; else what still is, in words. */
  async left(link: TargetLink): Promise<string | undefined> {
    const more = ((await this.#see())?.rules.length ?? 0) - this.#rules.size
    if (more > 0) return `the resolver still has ${more} rules that nobody wants`
    if (this.#rules.size > 0) return undefined
    const { links } = await this.#control.describe()
    const now = links.find(({ name }) => name === link.name)?.listen
    return now === this.#straight ? undefined : `${link.name} still goes to ${now}`
  }

  /** Undefined when others took a fault off that was not settled; else what still is, in words. */
  async on(fault: string, link: TargetLink): Promise<string | undefined> {
    if ((await this.effect(fault)) === undefined) return undefined
    const { links } = await this.#control.describe()
    const now = links.find(({ name }) => name === link.name)?.listen
    return now === this.#straight ? undefined : `${link.name} still goes to ${now}, where names fail`
  }

  async #see(): Promise<Seen | undefined> {
    return seenIn(await this.#http.send({ url: await this.#url() }))
  }

  async #request(rules: readonly ResolverRule[], { upstream }: TargetLink): Promise<RequestUndo> {
    const does = rules.length === 0 ? 'let all names be' : `answer otherwise by ${rules.length} rules`
    return { method: 'PUT', url: await this.#url(), body: { upstream, rules }, goneIsDone: true, does }
  }

  async #url(): Promise<string> {
    return `${await this.#carriers.carrier('resolver')}/resolver`
  }
}

const seenIn = (reply: HttpReply): Seen | undefined =>
  reply.status === 200 && Check(Seen, reply.body) ? reply.body : undefined
