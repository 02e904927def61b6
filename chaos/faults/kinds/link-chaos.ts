import { isRefused } from '../../drivers/local/links/index.ts'
import { type FaultOf, goDurationMs, sizeBytes } from '../../model/manifests/index.ts'
import { linksByName, namedLinksInWords } from '../../radius/link-radius.ts'
import type { FaultKind, Refusal } from '../fault-kind.ts'
import { broken, cutUp, endHeldFor, stalledFor, swallowed } from '../link-effects.ts'
import { type LinkToxic, onLinks } from '../on-links.ts'

type Spec = FaultOf<'LinkChaos'>['spec']

/** LinkChaos: what a TCP proxy can do to connections beyond NetworkChaos. */
export const linkChaos: FaultKind = {
  kind: 'link-chaos',
  read: ({ kind, spec }) => {
    if (kind !== 'LinkChaos') return undefined
    const toxicity = (spec.percent ?? 100) / 100
    const toxic = { ...toxicOf(spec), toxicity }
    const fault = onLinks({
      words: {
        radius: namedLinksInWords(spec),
        does: toxic.does,
        proof:
          'the proxy counts what it did to what the target sends; after the undo the link goes straight again',
      },
      links: (target, seed) => linksByName(target, spec, seed),
      toxics: [toxic],
    })
    return { ...fault, whyNot: (...of) => whyNothing(spec) ?? fault.whyNot(...of) }
  },
}

function whyNothing({ action, percent = 100, slowClose }: Spec): Refusal | undefined {
  if (action === 'cut' && percent < 100)
    return {
      why: `a cut of ${percent} % of the connections: a listener that is closed refuses all new ones`,
      hint: 'leave percent out, or take action: reset',
    }
  return action === 'slow-close' && durationMs(slowClose?.delay) < 1
    ? {
        why: `ending connections ${slowClose?.delay} late cannot be seen`,
        hint: 'give a delay of 1ms or more',
      }
    : undefined
}

const durationMs = (text: string | undefined): number => Math.round(goDurationMs(text ?? '0s') ?? 0)

function toxicOf(spec: Spec): LinkToxic {
  switch (spec.action) {
    case 'reset': {
      const timeout = durationMs(spec.reset?.after)
      const attributes = { timeout }
      return { type: 'reset_peer', attributes, does: `resets connections after ${timeout} ms`, felt: broken }
    }
    case 'slow-close': {
      const delay = durationMs(spec.slowClose?.delay)
      return {
        type: 'slow_close',
        attributes: { delay },
        does: `ends connections ${delay} ms late`,
        felt: endHeldFor(delay),
      }
    }
    case 'timeout': {
      const timeout = durationMs(spec.timeout?.after)
      const end = timeout === 0 ? '' : `, and closes connections after ${timeout} ms`
      return { type: 'timeout', attributes: { timeout }, does: `lets nothing pass${end}`, felt: swallowed }
    }
    case 'slice':
      return sliced(spec)
    case 'limit-data': {
      const bytes = sizeBytes(spec.limitData?.size ?? '0') ?? 0
      return {
        type: 'limit_data',
        attributes: { bytes },
        does: `closes connections after ${bytes} bytes`,
        felt: broken,
      }
    }
    case 'cut':
      return CUT
    default:
      return spec.action satisfies never
  }
}

const CUT: LinkToxic = {
  type: 'cut',
  attributes: { open: 'end' },
  does: 'ends connections and refuses new ones',
  felt: async (effects, { via }) => {
    const ended = effects.reduce((sum, one) => sum + one.connections, 0)
    if (!(await isRefused(via)))
      return { proof: 'mismatch', seen: `a connection through ${via} is not refused` }
    return ended === 0
      ? undefined
      : {
          proof: 'confirmed',
          seen: `it ended ${ended} connections, and refuses new ones through ${via}`,
        }
  },
}

function sliced({ slice }: Spec): LinkToxic {
  const delayMs = durationMs(slice?.delay)
  const attributes = {
    average_size: sizeBytes(slice?.averageSize ?? '0') ?? 0,
    size_variation: sizeBytes(slice?.sizeVariation ?? '0') ?? 0,
    delay: delayMs * 1000,
  }
  const does = `cuts what passes into pieces of ${attributes.average_size} bytes, ${delayMs} ms apart`
  return { type: 'slicer', attributes, does, felt: delayMs > 0 ? stalledFor(delayMs) : cutUp }
}
