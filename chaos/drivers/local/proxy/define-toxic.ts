import type { Static, TObject } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Settings, Stage, ToxicKind, Wire } from './toxic.ts'

/** Attributes that a toxic cannot have, said in a sentence. */
export class BadAttributes extends Error {
  override readonly name = 'BadAttributes'
}

interface Definition<Schema extends TObject> {
  readonly type: string
  readonly attributes: Schema
  /** what holds when nothing is given; attributes without a default are left out */
  readonly defaults: Static<Schema>
  readonly refusesConnections?: boolean
  open(attributes: Static<Schema>, wire: Wire): Stage | undefined
}

/** Attributes that nobody knows are left out, as Toxiproxy does; one of a wrong type or size is refused. */
export function defineToxic<Schema extends TObject>(toxic: Definition<Schema>): ToxicKind {
  const { type, refusesConnections = false, defaults } = toxic
  const schema = Compile(toxic.attributes)
  const known = Object.keys(toxic.attributes.properties)
  return {
    type,
    configure: (given = {}, earlier = { ...defaults }): Settings => {
      if (typeof given !== 'object' || given === null) throw new BadAttributes('attributes must be an object')
      const all = Object.entries({ ...earlier, ...given })
      const attributes: unknown = Object.fromEntries(all.filter(([name]) => known.includes(name)))
      if (!schema.Check(attributes)) throw new BadAttributes(complaint(schema.Errors(attributes)))
      return {
        attributes: { ...attributes },
        refusesConnections,
        open: (wire) => toxic.open(attributes, wire),
      }
    },
  }
}

function complaint(errors: readonly { instancePath: string; message: string }[]): string {
  const [first] = errors
  return first === undefined ? 'attributes' : `attributes${first.instancePath} ${first.message}`
}
