import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { wholeCommandLine } from '../identity.ts'

/** For so long a proxy or a resolver that nobody leads any more passes on what still comes to it, and does nothing to it. */
export const PASSES_ON_MS = 10 * 60_000

/** Whether this is a process of ours through which links are led: `cli/entries/proxy.ts`, or for names `resolver.ts`. */
export const isLinkProxy = ({ pid }: Pick<ProcessIdentity, 'pid'>): boolean =>
  /[\\/]entries[\\/](proxy|resolver)\.[jt]s( |$)/.test(wholeCommandLine(pid))
