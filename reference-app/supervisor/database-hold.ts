import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Connection } from '../platform/database/connection.ts'

/** Between two looks at whether there is more to take, in ms. */
const againMs = 100

/** How long the database may take to let go, in ms. */
const patienceMs = 2_000

/** What a failure switch holds in the database. */
export interface Held {
  /** As PostgreSQL shows its sessions, by which they are found again. */
  readonly name: string
  readonly sessions: number
  /** What each session does before it sits idle; nothing when not given. */
  readonly statement?: string
}

/**
 * Sessions that hold something in the database while a switch is on. They are taken anew when they break, and they
 * end with the supervisor: their sockets are its own.
 */
export class DatabaseHold {
  readonly #held: Held
  readonly #connection: Connection
  /** A second way in, for ending sessions that hang in a statement and so do not see that their socket is closed. */
  readonly #pool: pg.Pool
  readonly #sockets = new Set<Socket>()
  #isOn = false
  #keeping: Promise<void> | undefined

  constructor(held: Held, connection: Connection, pool: pg.Pool) {
    this.#held = held
    this.#connection = connection
    this.#pool = pool
  }

  /** Turns it on or off; resolves with false when the database did not let go in time. */
  async set(isOn: boolean): Promise<boolean> {
    this.#isOn = isOn
    if (!isOn) return this.#letGo()
    this.#keeping ??= this.#keep().finally(() => {
      this.#keeping = undefined
    })
    return true
  }

  async #keep(): Promise<void> {
    while (this.#isOn) {
      const isTaken = this.#sockets.size < this.#held.sessions && (await this.#take())
      if (!isTaken) await sleep(againMs)
    }
  }

  /** One session more; false when it cannot be had now. */
  async #take(): Promise<boolean> {
    const socket = new Socket()
    const { name, statement } = this.#held
    const client = new pg.Client({ ...this.#connection, application_name: name, stream: () => socket })
    client.on('error', () => {})
    try {
      // The second way in comes first: when nothing is left, it could not be had.
      await this.#pool.query('select 1')
      if (!this.#isOn) return false
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      await client.connect()
      if (statement !== undefined) await client.query(statement)
      return true
    } catch {
      socket.destroy()
      return false
    }
  }

  async #letGo(): Promise<boolean> {
    for (const socket of this.#sockets) socket.destroy()
    const text = 'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1'
    // Without a database there are no sessions either.
    const ended = this.#pool.query(text, [this.#held.name]).then(isDone, isDone)
    return Promise.race([ended, sleep(patienceMs, false, { ref: false })])
  }
}

function isDone(): true {
  return true
}
