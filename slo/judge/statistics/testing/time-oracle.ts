import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'

const Pair = Type.Tuple([Type.Number(), Type.Number()])
const Oracle = Type.Object({
  slopes: Type.Array(
    Type.Object({
      name: Type.String(),
      points: Type.Array(Pair),
      slope: Type.Number(),
      start: Type.Number(),
    }),
  ),
  means: Type.Array(
    Type.Object({
      name: Type.String(),
      stretches: Type.Array(Type.Array(Pair)),
      batchSeconds: Type.Integer(),
      value: Type.Number(),
      standardError: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
    }),
  ),
})

/** What numpy and scipy answer; the command stands in the script beside the fixture. */
export const timeOracle = Compile(Oracle).Parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'time-oracle.json'), 'utf8')),
)
