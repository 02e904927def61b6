import { type Static, Type } from 'typebox'
import { radius, remote } from '../../radius/selector.ts'
import type { Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import type { Capability, Limit } from './limit.ts'
import { CLUSTER, ofRadius, ofTarget } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { Percent } from './parts/percent.ts'
import { Rate } from './parts/rate.ts'
import { noneOf } from './rules.ts'

const closed = { additionalProperties: false } as const
const correlation = Type.Optional(Percent)
const Bytes = Type.Integer({ minimum: 1, description: 'a whole number of bytes' })

/** What netem does, each alone or together under the action `netem`. */
const effects = {
  delay: Type.Optional(
    Type.Object(
      {
        latency: GoDuration,
        jitter: Type.Optional(GoDuration),
        correlation,
        reorder: Type.Optional(
          Type.Object({ reorder: Percent, correlation, gap: Type.Integer({ minimum: 0 }) }, closed),
        ),
      },
      closed,
    ),
  ),
  loss: Type.Optional(Type.Object({ loss: Percent, correlation }, closed)),
  duplicate: Type.Optional(Type.Object({ duplicate: Percent, correlation }, closed)),
  corrupt: Type.Optional(Type.Object({ corrupt: Percent, correlation }, closed)),
  rate: Type.Optional(Type.Object({ rate: Rate }, closed)),
}

const Spec = Type.Object(
  {
    action: Type.Enum(['netem', 'delay', 'loss', 'duplicate', 'corrupt', 'rate', 'partition', 'bandwidth']),
    ...radius,
    ...remote,
    ...effects,
    bandwidth: Type.Optional(
      Type.Object(
        {
          rate: Rate,
          limit: Bytes,
          buffer: Bytes,
          peakrate: Type.Optional(Type.Integer({ minimum: 0 })),
          minburst: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
    direction: Type.Optional(Type.Enum(['to', 'from', 'both'])),
    target: Type.Optional(Type.Object(radius, closed)),
    externalTargets: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    device: Type.Optional(Type.String()),
    targetDevice: Type.Optional(Type.String()),
    duration: Type.Optional(GoDuration),
  },
  closed,
)

const onPackets = (unless: Capability, why: string, ...at: readonly string[]): Limit => ({
  ...{ at, why, unless },
  possibleWith: `${unless === 'nft' ? 'nftables' : `tc ${unless}`} in the target's network namespace, or ${CLUSTER}`,
})

export const networkChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'NetworkChaos',
  spec: Spec,
  needs: {
    delay: ['delay'],
    loss: ['loss'],
    duplicate: ['duplicate'],
    corrupt: ['corrupt'],
    rate: ['rate'],
    bandwidth: ['bandwidth'],
  },
  rules: (spec) => [
    ...(spec.action === 'netem'
      ? noneOf(spec, Object.keys(effects), 'action netem does nothing without an effect')
      : []),
    ...misdirected(spec),
  ],
  annotations: {
    'gauntlet/driver': { is: /^(packets|proxy)$/, expected: 'packets or proxy' },
  },
  limits: [
    ...ofRadius,
    ...ofTarget,
    {
      at: ['externalTargets'],
      why: 'a machine has only the links that its target describes',
      possibleWith: `${CLUSTER}, or a link to that address in the target's description and target in its place`,
    },
    onPackets('nft', 'a proxy carries connections, not packets of a device', 'device'),
    {
      at: ['targetDevice'],
      why: 'packets are shaped where they leave, on one device',
      possibleWith: `${CLUSTER}, or device in its place`,
    },
    onPackets(
      'netem',
      'a TCP connection gives its bytes in order: nothing is reordered in a proxy',
      'delay',
      'reorder',
    ),
    onPackets('netem', 'a TCP connection carries no packet twice', 'duplicate'),
    onPackets(
      'netem',
      'a corrupt packet is dropped by its checksum: a proxy only sees whole ones',
      'corrupt',
    ),
    onPackets('tbf', 'a proxy has no bucket of its own for peaks', 'bandwidth', 'peakrate'),
    onPackets('tbf', 'a proxy has no bucket of its own for peaks', 'bandwidth', 'minburst'),
  ],
})

/** Chaos Mesh shapes only what leaves a pod: what comes from elsewhere needs a pod there. A partition is a filter. */
function misdirected({ action, direction, target, externalTargets }: Static<typeof Spec>): Finding[] {
  if (action === 'partition' || direction === undefined || direction === 'to') return []
  if (externalTargets !== undefined)
    return [{ path: ['direction'], message: `direction ${direction} cannot be had with externalTargets` }]
  return target === undefined
    ? [{ path: ['direction'], message: `direction ${direction} needs "target", which is missing` }]
    : []
}
