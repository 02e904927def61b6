import type { Ending } from './accept.ts'

/** One new order in this many is lost while the switch `lose-orders` is on. */
export const swallowedOneIn = 50

/** Counts the new orders while the switch is on: the 50th, 100th, … is swallowed, so a short run loses some too. */
export class Swallower {
  #count = 0

  endingOf(isOn: boolean): Ending {
    if (!isOn) return 'commit'
    this.#count += 1
    return this.#count % swallowedOneIn === 0 ? 'rollback' : 'commit'
  }
}
