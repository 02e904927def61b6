import { linksOfTraffic, trafficInWords } from '../../radius/link-radius.ts'
import type { FaultKind } from '../fault-kind.ts'
import { swallowed } from '../link-effects.ts'
import { onLinks } from '../on-links.ts'

/** NetworkChaos that lets nothing pass: connections hang, as with packets that are dropped, and are closed at the end. */
export const networkPartition: FaultKind = {
  kind: 'network-partition',
  read: ({ kind, spec }) =>
    kind === 'NetworkChaos' && spec.action === 'partition'
      ? onLinks({
          words: {
            radius: trafficInWords(spec),
            does: 'lets nothing pass',
            proof: 'the proxy counts what came and what left; after the undo the link goes straight again',
          },
          links: (target, seed) => linksOfTraffic(target, spec, seed),
          toxics: [
            { type: 'timeout', attributes: { timeout: 0 }, does: 'lets nothing pass', felt: swallowed },
          ],
        })
      : undefined,
}
