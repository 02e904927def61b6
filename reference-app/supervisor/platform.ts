import { rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { Failure } from '../platform/failure.ts'
import { formatAddress } from '../platform/links.ts'
import { providePostgres } from '../platform/postgres/binaries.ts'
import { allOrFirstFailure } from './all-or-first-failure.ts'
import { bringUp } from './bring-up.ts'
import { Children } from './children.ts'
import type { Claim } from './claim.ts'
import type { Clocks } from './clocks.ts'
import { openControl } from './control.ts'
import type { DataFolder } from './data-folder.ts'
import { type Database, startDatabase } from './database.ts'
import { DatabaseSwitches } from './database-switches.ts'
import { type Description, describe, type Live, tiers } from './description.ts'
import { ordersFact } from './facts.ts'
import { LogFile } from './log-file.ts'
import { NameServer } from './name-server.ts'
import type { PortName } from './ports.ts'
import { servicePlan, services } from './services.ts'
import { Supervised } from './supervised.ts'
import { Switchboard } from './switchboard.ts'
import { provideWebPage } from './web-bundle.ts'

export interface PlatformParts {
  readonly claim: Claim
  readonly folder: DataFolder
  /** Where what all Plazas share is kept: PostgreSQL's copy and the page. */
  readonly cache: string
  readonly version: string
  readonly clocks: Clocks | undefined
  say(sentence: string): void
}

/** The whole of Plaza in its order: database, services, gateway; and back. */
export class Platform {
  readonly #parts: PlatformParts
  readonly #children = new Children()
  readonly #switchboard = new Switchboard()
  readonly #nameServer = new NameServer()
  readonly #processes = new Map<string, Supervised>()
  #pool: pg.Pool | undefined
  #databaseSwitches: DatabaseSwitches | undefined
  #stopping: Promise<void> | undefined

  constructor(parts: PlatformParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    await this.#openControl()
    await this.#nameServer.listen(this.#parts.claim.ports.dns)
    const { cache, say } = this.#parts
    const [database, webRoot] = await allOrFirstFailure([
      this.#startDatabase(),
      provideWebPage({ cache, children: this.#children, log: this.#openLog('web'), say }),
    ] as const)
    say('database ready')
    await this.#startServices(database, webRoot)
  }

  /** Stops all in the reverse order. Safe to call while it still starts, and more than once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopInOrder()
    return this.#stopping
  }

  describe(): Description {
    const { claim, folder, version, clocks } = this.#parts
    const { vias, switches } = this.#switchboard
    const live = (name: PortName) => this.#live(name)
    const known = { version, ports: claim.ports, folder, skewableClocks: clocks !== undefined }
    return describe({ ...known, vias, switches, live })
  }

  async #startDatabase(): Promise<Database> {
    const { cache, claim, folder, say } = this.#parts
    const home = await providePostgres(path.join(cache, 'postgres'))
    const database = await startDatabase(
      {
        home,
        port: claim.ports.postgres,
        folder,
        children: this.#children,
        log: this.#openLog('postgres'),
        say,
        assertStarting: () => this.#assertStarting(),
      },
      (server) => this.#add(server),
    )
    // One, which stays open once it is: there must be a way in when no more connections are to be had, also for two at once.
    const pool = new pg.Pool({ ...database.connection, max: 1, min: 1, application_name: 'supervisor' })
    pool.on('error', () => {})
    this.#pool = pool
    this.#databaseSwitches = new DatabaseSwitches(database.connection, pool)
    return database
  }

  async #startServices({ connection }: Database, webRoot: string): Promise<void> {
    const { claim, version, say, clocks } = this.#parts
    const around = { ports: claim.ports, connection, webRoot, version, clocks }
    const supervised = services.map((service) => {
      const log = this.#openLog(service.name)
      const process = new Supervised(servicePlan(service, around), this.#children, log, say)
      this.#switchboard.connect(process)
      this.#add(process)
      return process
    })
    const starting = { logs: this.#parts.folder.logs, assertStarting: () => this.#assertStarting() }
    await bringUp(supervised.slice(0, -1), starting)
    await bringUp(supervised.slice(-1), starting) // the gateway
  }

  async #stopInOrder(): Promise<void> {
    const stop = (names: readonly PortName[]) =>
      Promise.all(names.map((name) => this.#processes.get(name)?.stop()))
    await this.#databaseSwitches?.close()
    await stop(['gateway'])
    await stop(['orders', 'catalogue', 'order-worker'])
    await this.#pool?.end()
    await stop(['postgres'])
    await this.#children.close()
    this.#nameServer.close()
    const { door } = this.#parts.claim
    door.closeAllConnections()
    door.close()
    rmSync(this.#parts.folder.targetFile, { force: true })
    rmSync(this.#parts.folder.tokenFile, { force: true })
  }

  #openControl(): Promise<void> {
    const { claim, folder } = this.#parts
    return openControl(claim.door, folder.tokenFile, {
      describe: () => this.describe(),
      switches: () => this.#switchboard.switches,
      throwSwitch: (name, isOn) => this.#throwSwitch(name, isOn),
      leadLink: (link, via) => this.#leadLink(link, via),
      processNames: () => tiers.map(({ name }) => name),
      setDesired: (name, desired) => this.#setDesired(name, desired),
      ordersFact: (sinceUs) => ordersFact(this.#requirePool(), sinceUs),
    })
  }

  async #throwSwitch(...[name, isOn]: Parameters<Switchboard['throw']>): Promise<readonly string[]> {
    if (this.#databaseSwitches === undefined || this.#stopping !== undefined) throw notNow()
    this.#parts.say(`switch ${name} ${isOn ? 'on' : 'off'}`)
    const [silent, hasDatabase] = await Promise.all([
      this.#switchboard.throw(name, isOn),
      this.#databaseSwitches.throw(name, isOn),
    ])
    return hasDatabase ? silent : [...silent, 'postgres']
  }

  #leadLink(...[link, via]: Parameters<Switchboard['lead']>): Promise<readonly string[]> {
    this.#parts.say(
      `link ${link.name} leads ${via === undefined ? 'straight' : `over ${formatAddress(via)}`}`,
    )
    return this.#switchboard.lead(link, via)
  }

  async #setDesired(name: string, desired: 'running' | 'stopped'): Promise<void> {
    const process = this.#processes.get(name)
    if (process === undefined || this.#stopping !== undefined) throw notNow()
    this.#parts.say(`${name}: ${desired} is wanted`)
    if (desired === 'running') process.run()
    else await process.stop()
  }

  #requirePool(): pg.Pool {
    if (this.#pool === undefined) throw notNow()
    return this.#pool
  }

  #assertStarting(): void {
    if (this.#stopping !== undefined) throw new Failure('stopped while it was starting')
  }

  #add(process: Supervised): void {
    this.#processes.set(process.plan.name, process)
  }

  #openLog(name: string): LogFile {
    return new LogFile(name, path.join(this.#parts.folder.logs, `${name}.log`))
  }

  #live(name: PortName): Live {
    const process = this.#processes.get(name)
    if (process === undefined) return { state: 'starting' }
    return { state: process.state, ...process.identity }
  }
}

function notNow(): Error {
  return Object.assign(new Error('Plaza is not running yet, or not any more'), { statusCode: 503 })
}
