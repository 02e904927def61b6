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
import { ledTo, refuseLed } from '../drivers/local/links/index.ts'
import type { ResolverRule } from '../drivers/local/resolver/index.ts'
import type { Carriers } from './carriers.ts'

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
 * the first that fits a name decides. The first fault leads the link to it, the last one to go leads it straight. It
 * stands in for one name server: one link at a time.
 */
export class NameBook {
  readonly #rules = new Map<string, ResolverRule>()
  readonly #control: Control
  readonly #carriers: Carriers
  readonly #http: Http
  /** one change after the other, so that the last one sent knows of all */
  readonly #inTurn = inTurn()
  /** the link that leads to it */
  #led: TargetLink | undefined

  constructor(control: Control, carriers: Carriers, http: Http) {
    this.#control = control
    this.#carriers = carriers
    this.#http = http
  }

  /** What takes everything back, whoever does it and whatever other rules there are. Throws where others lead the link. */
  async undo(link: TargetLink): Promise<Undo> {
    await this.#inTurn(async () => {
      if (!this.#leads(link)) await refuseLed(link, this.#control)
    })
    const steps = [await this.#request([], link), this.#control.routeRequest(link.name, null)]
    return { kind: 'steps', steps, does: `let names be, and lead ${link.name} straight` }
  }

  /** Adds a rule and leads the link to the resolver; why it could not, in words, or undefined. */
  add(fault: string, rule: ResolverRule, link: TargetLink): Promise<string | undefined> {
    return this.#inTurn(async () => {
      if (this.#rules.size > 0 && !this.#leads(link))
        return `${this.#led?.name} leads to the resolver already, and it stands in for one name server`
      this.#led = link
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
  settle(
    fault: string,
    link: TargetLink,
    takeBack: (undo: Undo) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    return this.#inTurn(async () => {
      if (!this.#rules.delete(fault) && this.#rules.size > 0) return undefined
      const rules = await this.#request([...this.#rules.values()], link)
      const straight = this.#rules.size === 0 ? [this.#control.routeRequest(link.name, null)] : []
      return takeBack({ kind: 'steps', steps: [rules, ...straight], does: `let names on ${link.name} be` })
    })
  }

  /** Undefined: the resolver, or the rule, is not there. */
  async effect(fault: string): Promise<RuleEffect | undefined> {
    const seen = seenIn(await this.#see())
    const rule = seen?.rules[[...this.#rules.keys()].indexOf(fault)]
    return seen && rule && { asked: rule.asked, failed: rule.failed, forwarded: seen.forwarded }
  }

  /** Undefined when nothing is left of a fault that was settled; else what still is, in words. */
  async left(link: TargetLink): Promise<string | undefined> {
    const reply = await this.#see()
    const seen = seenIn(reply)
    if (seen === undefined && !isGone(reply)) return `the resolver does not tell its rules: ${said(reply)}`
    const more = (seen?.rules.length ?? 0) - this.#rules.size
    if (more > 0) return `the resolver still has ${more} rules that nobody wants`
    if (this.#leads(link)) return undefined
    const led = await ledTo(link, this.#control)
    return led === undefined ? undefined : `${link.name} still goes to ${led}`
  }

  /** Undefined when others took a fault off that was not settled; else what still is, in words. */
  async on(fault: string, link: TargetLink): Promise<string | undefined> {
    if ((await this.effect(fault)) === undefined) return undefined
    const led = await ledTo(link, this.#control)
    return led === undefined ? undefined : `${link.name} still goes to ${led}, where names fail`
  }

  /** Once a link was seen to go straight: the resolver may end with us, as nobody asks it any more. */
  forget(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#rules.size === 0) await this.#http.send({ method: 'DELETE', url: await this.#url() })
    })
  }

  /** Whether this link goes to the resolver for a rule that is on. */
  #leads({ name }: TargetLink): boolean {
    return this.#rules.size > 0 && this.#led?.name === name
  }

  async #see(): Promise<HttpReply> {
    return this.#http.send({ url: await this.#url() })
  }

  async #request(rules: readonly ResolverRule[], { upstream }: TargetLink): Promise<RequestUndo> {
    const does = rules.length === 0 ? 'let all names be' : `answer otherwise by ${rules.length} rules`
    return { method: 'PUT', url: await this.#url(), body: { upstream, rules }, goneIsDone: true, does }
  }

  async #url(): Promise<string> {
    return `${await this.#carriers.carrier('resolver')}/resolver`
  }
}

const isGone = (reply: HttpReply): boolean => reply.status === null && reply.reason.includes('ECONNREFUSED')

const seenIn = (reply: HttpReply): Seen | undefined =>
  reply.status === 200 && Check(Seen, reply.body) ? reply.body : undefined
