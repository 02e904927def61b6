import { count, counted } from '../../reports/run/words/words.ts'

/** Lines that say nothing that can be counted: how many, and the first with its number. */
export class UnreadableLines {
  count = 0
  #first = ''

  add(why: string, line: number): void {
    this.count += 1
    if (this.#first === '') this.#first = `line ${count(line)}, ${why}`
  }

  notes(lines: number): string[] {
    if (this.count === 0) return []
    const many = `${counted(this.count, 'lines')} of ${count(lines)}`
    return [`${many} could not be read; the first, ${this.#first}`]
  }
}
