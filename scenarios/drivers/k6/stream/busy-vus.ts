/**
 * When all virtual users of a scenario were at work. A start that is late although one was free is the generator's
 * lateness; with none free it is the target that holds them.
 */
export class BusyVus {
  readonly #most: number
  /** stretches in which none was free, ascending; the last one may still last */
  readonly #full: { readonly fromUs: number; toUs: number }[] = []
  #atWork = 0

  constructor(most: number) {
    this.#most = most
  }

  started(atUs: number): void {
    this.#atWork += 1
    if (this.#atWork === this.#most) this.#full.push({ fromUs: atUs, toUs: Number.POSITIVE_INFINITY })
  }

  ended(atUs: number): void {
    const last = this.#full.at(-1)
    if (this.#atWork === this.#most && last !== undefined) last.toUs = atUs
    this.#atWork -= 1
  }

  /** Asked of ever later moments: what lies before them is forgotten. Who takes the last one finds it free. */
  wasOneFree(atUs: number): boolean {
    while (this.#full.length > 0 && this.#full[0]!.toUs <= atUs) this.#full.shift()
    const [first] = this.#full
    return first === undefined || atUs <= first.fromUs
  }
}
