import { isDeepStrictEqual } from 'node:util'
import { type Counts, createAnswerer } from './answerer.ts'
import { listen } from './listen.ts'
import type { ResolverState, ResolverWanted } from './model.ts'
import { ruleBook } from './rule-book.ts'
import { askByTcp, askByUdp, parseUpstream } from './upstream.ts'

export interface ResolverOptions {
  /** of loopback; 0 takes a free one */
  readonly port: number
  /** HOST:PORT of the resolver to pass questions on to until another is wanted */
  readonly upstream: string
  /** 0 to 1, for random addresses */
  readonly random: () => number
}

export interface Resolver {
  /** in force for each question that comes from now on; rules that are the same as before keep their counts */
  want(wanted: ResolverWanted): void
  /** no rule any more; questions are still passed on */
  takeBack(): void
  /** false before the first rule, and from `letGo` on: nobody asks it */
  readonly isNeeded: boolean
  /** nobody is led to it any more */
  letGo(): void
  see(): ResolverState
  close(): Promise<void>
}

/** A DNS server that passes on what no rule names. */
export async function startResolver({ port, upstream, random }: ResolverOptions): Promise<Resolver> {
  let current = { upstream, rules: [] as ResolverWanted['rules'], book: ruleBook([]) }
  let isNeeded = false
  const counts: Counts = { forwarded: 0, unanswered: 0, malformed: 0 }
  const answer = createAnswerer({ book: () => current.book, counts, random })
  const listening = await listen(
    {
      byUdp: (message) => answer(message, (query) => askByUdp(parseUpstream(current.upstream), query)),
      byTcp: (message) => answer(message, (query) => askByTcp(parseUpstream(current.upstream), query)),
    },
    port,
  )
  const want = ({ upstream: wanted = upstream, rules }: ResolverWanted): void => {
    const { rules: before, book } = current
    const isSame = isDeepStrictEqual(before, rules)
    current = { upstream: wanted, rules, book: isSame ? book : ruleBook(rules) }
    isNeeded ||= rules.length > 0
    if (!isSame) book.replaced.abort()
  }
  return {
    want,
    takeBack: () => want({ upstream: current.upstream, rules: [] }),
    get isNeeded() {
      return isNeeded
    },
    letGo: () => {
      isNeeded = false
    },
    see: () => ({
      listen: `127.0.0.1:${listening.port}`,
      upstream: current.upstream,
      rules: current.book.rules.map(({ rule, asked, failed }) => ({ ...rule, asked, failed })),
      ...counts,
    }),
    close: listening.close,
  }
}
