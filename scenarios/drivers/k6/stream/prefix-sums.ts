/**
 * Weights one after the other, and what they add up to until each of them: to change one, to add one up and to find one
 * takes log n steps (P. Fenwick, "A new data structure for cumulative frequency tables", 1994).
 */
export class PrefixSums {
  /** place n, from 1, holds the sum of so many weights until n as its lowest bit says */
  readonly #tree: number[] = [0]

  get length(): number {
    return this.#tree.length - 1
  }

  push(weight: number): void {
    const n = this.#tree.length
    let sum = weight
    for (let at = n - 1; at > n - lowestBit(n); at -= lowestBit(at)) sum += this.#tree[at]!
    this.#tree.push(sum)
  }

  add(index: number, weight: number): void {
    for (let at = index + 1; at < this.#tree.length; at += lowestBit(at)) this.#tree[at]! += weight
  }

  /** of all weights until this one, itself included */
  upTo(index: number): number {
    let sum = 0
    for (let at = index + 1; at > 0; at -= lowestBit(at)) sum += this.#tree[at]!
    return sum
  }

  /** The first at which the sum is as much; the length when it is never. No weight is below zero. */
  firstWith(sum: number): number {
    let [at, left] = [0, sum]
    for (let step = 2 ** Math.floor(Math.log2(this.#tree.length)); step >= 1; step /= 2)
      if (at + step < this.#tree.length && this.#tree[at + step]! < left) {
        at += step
        left -= this.#tree[at]!
      }
    return at
  }
}

const lowestBit = (n: number): number => n & -n
