import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { jsonOf } from '../../../../reports/run/index.ts'

const Count = Type.Optional(Type.Integer())

/** One of `tc -s -j qdisc show`. */
const Qdisc = Type.Object({
  kind: Type.String(),
  /** `8001:`; `0:` is what the kernel gave the device by itself */
  handle: Type.String(),
  dev: Type.String(),
  root: Type.Optional(Type.Boolean()),
  packets: Count,
  drops: Count,
  overlimits: Count,
})
const isList = Compile(Type.Array(Qdisc))

export type Qdisc = Static<typeof Qdisc>

/** Undefined when tc said something else. */
export function readQdiscs(json: string): readonly Qdisc[] | undefined {
  const list = jsonOf(json)
  return isList.Check(list) ? list : undefined
}

/** What somebody put on the device in place of the kernel's own. */
export const foreignRoot = (qdiscs: readonly Qdisc[], device: string): Qdisc | undefined =>
  qdiscs.find(({ dev, root = false, handle }) => dev === device && root && handle !== '0:')
