/** A message that is not decided yet: its bytes as they came, and what its body says. */
export class HeldMessage {
  #parts: Buffer[] = []
  #content: Buffer[] = []
  #bytes = 0

  get bytes(): number {
    return this.#bytes
  }

  get content(): Buffer {
    return Buffer.concat(this.#content)
  }

  add(part: Buffer): void {
    this.#parts.push(part)
    this.#bytes += part.length
  }

  addContent(part: Buffer): void {
    this.#content.push(part)
  }

  /** the bytes as they came; undefined when nothing is held */
  take(): Buffer | undefined {
    const taken = this.#parts.length === 0 ? undefined : Buffer.concat(this.#parts)
    this.clear()
    return taken
  }

  clear(): void {
    this.#parts = []
    this.#content = []
    this.#bytes = 0
  }
}
