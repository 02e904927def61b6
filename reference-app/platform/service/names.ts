import { Resolver } from 'node:dns/promises'
import { type Address, formatAddress } from '../links.ts'

/** An answer later than this is none, in ms; there is no second try. */
const patienceMs = 1_000

/** For how long an answer is used again, in ms. Together with the age of connections: what a fault of names takes to be felt. */
const keptMs = 500

/** Finds out where the other services are, at Plaza's own name server. Failures are not kept. */
export class Names {
  #server: Address
  readonly #known = new Map<string, Promise<string>>()

  constructor(server: Address) {
    this.#server = server
  }

  /** Asks another server from now on, and forgets what the one before said. */
  move(server: Address): void {
    this.#server = server
    this.#known.clear()
  }

  lookUp(name: string): Promise<string> {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const answer = ask(this.#server, name)
    this.#known.set(name, answer)
    const forget = () => {
      if (this.#known.get(name) === answer) this.#known.delete(name)
    }
    answer.then(() => setTimeout(forget, keptMs).unref(), forget)
    return answer
  }
}

/** A resolver for each question, because an old one carries on with what it has learnt of its server. */
async function ask(server: Address, name: string): Promise<string> {
  const resolver = new Resolver({ timeout: patienceMs, tries: 1 })
  resolver.setServers([formatAddress(server)])
  // The resolver looks at its own time-out only once in that time, so that it may take twice as long.
  const late = setTimeout(() => resolver.cancel(), patienceMs)
  try {
    const [address] = await resolver.resolve4(name)
    if (address === undefined) throw new Error(`no address for ${name}`)
    return address
  } finally {
    clearTimeout(late)
  }
}
