import type pg from 'pg'
import type { Connection } from '../platform/database/connection.ts'
import type { SwitchName } from '../platform/switch-state.ts'
import { DatabaseHold, type Held } from './database-hold.ts'

/** The switches that the supervisor acts on by itself, since no service could: they hold something in the database. */
const helds = {
  'connections-exhausted': { name: 'switch connections-exhausted', sessions: Number.POSITIVE_INFINITY },
  'lock-table': {
    name: 'switch lock-table',
    sessions: 1,
    statement: 'begin; lock table coupons in access exclusive mode',
  },
} as const satisfies Partial<Record<SwitchName, Held>>

export class DatabaseSwitches {
  readonly #holds: ReadonlyMap<string, DatabaseHold>

  constructor(connection: Connection, pool: pg.Pool) {
    const entries = Object.entries(helds)
    this.#holds = new Map(entries.map(([name, held]) => [name, new DatabaseHold(held, connection, pool)]))
  }

  /** Throws the switch, when it is one of these; resolves with false when the database did not let go in time. */
  async throw(name: SwitchName, isOn: boolean): Promise<boolean> {
    return (await this.#holds.get(name)?.set(isOn)) ?? true
  }

  async close(): Promise<void> {
    await Promise.all([...this.#holds.values()].map((hold) => hold.set(false)))
  }
}
