import { GauntletError } from '../../../reports/run/index.ts'

/** One thing that a run needs, as it was found. */
export interface Examined {
  /** `silent`: it does not answer, and only some plans ask it; `absent`: only some faults need it */
  readonly state: 'ready' | 'missing' | 'silent' | 'absent'
  readonly name: string
  readonly about: string
  /** how to get it */
  readonly hint?: string
}

export async function examined(
  name: string,
  look: () => Promise<[name: string, about: string]>,
): Promise<Examined> {
  try {
    const [found, about] = await look()
    return { state: 'ready', name: found, about }
  } catch (error) {
    if (!(error instanceof GauntletError)) throw error
    return missing(name, error)
  }
}

export function missing(name: string, { message, hint }: GauntletError): Examined {
  return { state: 'missing', name, about: message, ...(hint === undefined ? {} : { hint }) }
}
