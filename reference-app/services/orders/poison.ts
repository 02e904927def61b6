import type { PgBoss } from 'pg-boss'
import { orderQueue } from '../../platform/database/queue.ts'

/** One acknowledged order in this many is followed by a poison message while the switch `poison-message` is on. */
export const poisonedOneIn = 10

/** Given up sooner than an order is (three tries, a second apart), so that a short run sees it among the dead letters. */
const givingUp = { retryLimit: 2, retryDelay: 1, retryBackoff: false }

/** Puts messages of no order into the queue, beside the orders': none that was acknowledged depends on them. */
export class Poisoner {
  readonly #boss: PgBoss
  #count = 0

  constructor(boss: PgBoss) {
    this.#boss = boss
  }

  async afterOrder(isOn: boolean): Promise<void> {
    if (!isOn) return
    this.#count += 1
    if (this.#count % poisonedOneIn === 0) await this.#boss.send(orderQueue, {}, givingUp)
  }
}
