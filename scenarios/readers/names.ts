import { count, counted } from '../../reports/run/words.ts'

/** Stands for all names beyond those that are kept. */
export const OTHERS = '(others)'

export interface NamesOptions {
  /** kept apart, however many there are */
  readonly asked: readonly string[]
  readonly most: number
  readonly noun: string
}

/** Keeps the first names apart; the rest share one, so that whoever counts them all misses none. */
export class Names {
  readonly #asked: ReadonlySet<string>
  readonly #kept = new Set<string>()
  readonly #options: NamesOptions
  #sharing = 0

  constructor(options: NamesOptions) {
    this.#options = options
    this.#asked = new Set(options.asked)
  }

  of(name: string): string {
    if (this.#kept.has(name) || this.#asked.has(name)) return name
    if (this.#kept.size < this.#options.most) {
      this.#kept.add(name)
      return name
    }
    this.#sharing += 1
    return OTHERS
  }

  notes(): string[] {
    const { most, noun } = this.#options
    if (this.#sharing === 0) return []
    const kept = `the first ${count(most)} ${noun} and those that objectives ask for are kept apart`
    return [`${kept}; ${counted(this.#sharing, 'results')} of others are counted together`]
  }
}
