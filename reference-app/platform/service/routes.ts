import { type Address, type Link, parseLoopback, type Vias } from '../links.ts'
import { Names } from './names.ts'
import { Route } from './route.ts'

/** The links that one service dials, and the names it looks up for that. */
export class Routes {
  readonly #service: string
  readonly #nameServer: Address
  readonly #names: Names
  readonly #routes = new Map<string, Route>()
  #vias: Vias = {}

  constructor(service: string, nameServer: Address) {
    this.#service = service
    this.#nameServer = nameServer
    this.#names = new Names(nameServer)
  }

  /** The route to another service, which by itself listens at `end`. */
  open(to: Link['to'], end: Address): Route {
    const name = `${this.#service}→${to}`
    const route = new Route(end, this.#names)
    route.move(this.#vias[name])
    this.#routes.set(name, route)
    return route
  }

  /** Leads every link as told. */
  set(vias: Vias): void {
    this.#vias = vias
    for (const [name, route] of this.#routes) route.move(vias[name])
    this.#names.move(vias['plaza→dns'] ?? this.#nameServer)
  }
}

/** Where the environment says that Plaza's name server listens. */
export function readNameServer(): Address {
  const nameServer = parseLoopback(process.env['PLAZA_DNS'] ?? '')
  if (nameServer === undefined) throw new Error('PLAZA_DNS is not an address of the loopback')
  return nameServer
}
