import { GauntletError } from '../../reports/run/index.ts'

/** What only one fault of a run may change at a time, as each puts back what it found. */
export class Claims {
  readonly #holders = new Map<string, string>()

  /** Throws a GauntletError when another fault has it. */
  take(what: string, fault: string): void {
    const holder = this.#holders.get(what)
    if (holder !== undefined)
      throw new GauntletError(
        'FAULTS_OVERLAP',
        `${what} is changed by ${holder} already, not by ${fault} too`,
        {
          hint: 'let the one end before the other begins: give them "at" and "for"',
          exit: 'machinery',
        },
      )
    this.#holders.set(what, fault)
  }

  /** Once it is as it was. */
  release(what: string): void {
    this.#holders.delete(what)
  }
}
