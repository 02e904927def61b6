import type { GuardianLink } from './guardian-link.ts'

const BEATS_A_LEASE = 3

/** Says now and then that we are alive, and hears whether those that should know do. */
export class Heart {
  readonly #links: readonly GuardianLink[]
  readonly #patienceMs: () => number
  readonly #timer: NodeJS.Timeout
  /** when the last beat was sent that each of them has answered */
  readonly #heardMs: number[]
  #beat = 0

  constructor(links: readonly GuardianLink[], leaseMs: number, patienceMs: () => number) {
    this.#links = links
    this.#patienceMs = patienceMs
    this.#heardMs = links.map(() => performance.now())
    this.#timer = setInterval(() => void this.beat(), leaseMs / BEATS_A_LEASE)
  }

  isHeard(): boolean {
    return performance.now() - Math.min(...this.#heardMs) < this.#patienceMs()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Resolves when each of them has answered, or is lost. */
  async beat(): Promise<void> {
    const sentMs = performance.now()
    const beat = ++this.#beat
    const patienceMs = this.#patienceMs()
    const answers = this.#links.map((link, n) => {
      if (sentMs - this.#heardMs[n]! >= patienceMs) link.giveUp(`it did not answer for ${patienceMs} ms`)
      const answered = link.done(`beat-${beat}`).then(() => {
        this.#heardMs[n] = sentMs
      })
      link.tell({ beat })
      return answered
    })
    await Promise.allSettled(answers)
  }
}
