import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { jsonOf } from '../../../../reports/run/index.ts'

/** Of `nft -j list table`: rules with their comments, and in each a counter among other things. */
const Counter = Type.Object({ counter: Type.Object({ packets: Type.Integer() }) })
const CountedRule = Type.Object({
  rule: Type.Object({ comment: Type.Enum(['came', 'hit']), expr: Type.Array(Type.Unknown()) }),
})
const Listing = Type.Object({ nftables: Type.Array(Type.Unknown()) })

const isCounter = Compile(Counter)
const isCountedRule = Compile(CountedRule)
const isListing = Compile(Listing)

/** Packets since the table was made. */
export interface Counts {
  readonly came: number
  readonly hit: number
}

/** Undefined when it is no listing of a table of ours. */
export function readCounts(json: string): Counts | undefined {
  const listing = jsonOf(json)
  if (!isListing.Check(listing)) return undefined
  const rules = listing.nftables.filter((one) => isCountedRule.Check(one))
  const sum = (comment: keyof Counts): number =>
    rules.filter(({ rule }) => rule.comment === comment).reduce((total, one) => total + packetsOf(one), 0)
  return { came: sum('came'), hit: sum('hit') }
}

const packetsOf = ({ rule }: Static<typeof CountedRule>): number =>
  rule.expr.filter((one) => isCounter.Check(one)).reduce((sum, one) => sum + one.counter.packets, 0)
