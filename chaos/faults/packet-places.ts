import type { TargetLink } from '../../reports/run/index.ts'
import { isLoopback, type Packets } from '../drivers/local/netfilter/index.ts'
import type { Stream } from '../radius/link-radius.ts'

export interface Place {
  /** in whose namespace */
  readonly process: string
  readonly address: string
  readonly packets: Pick<Packets, 'hook' | 'go'>
}

/** Where the packets of a link are met in one of its directions. */
export type PlaceOf = (link: TargetLink, stream: Stream) => Place

/**
 * Where the one who dials is. What it sends to itself is dropped as it arrives: dropped where it leaves, TCP is told so
 * at once, which no lost packet does.
 */
export const whereDialled: PlaceOf = ({ from, listen }, stream) => ({
  process: from,
  address: listen,
  packets:
    stream === 'upstream'
      ? { hook: isLoopback(listen) ? 'input' : 'output', go: 'to' }
      : { hook: 'input', go: 'from' },
})

/** Where they leave: only what is sent can be shaped. */
export const whereSent: PlaceOf = ({ from, to, listen, upstream }, stream) =>
  stream === 'upstream'
    ? { process: from, address: listen, packets: { hook: 'output', go: 'to' } }
    : { process: to, address: upstream, packets: { hook: 'output', go: 'from' } }
