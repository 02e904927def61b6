import { type Static, Type } from 'typebox'
import { linkRadius } from '../../radius/selector.ts'
import type { Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import { ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { Size } from './parts/size.ts'
import { valuesAt } from './values-at.ts'

const closed = { additionalProperties: false } as const

/** What an action may be told more exactly: Toxiproxy's words, with units. */
const settings = {
  reset: Type.Optional(Type.Object({ after: Type.Optional(GoDuration) }, closed)),
  slowClose: Type.Optional(Type.Object({ delay: GoDuration }, closed)),
  timeout: Type.Optional(
    Type.Object(
      { after: Type.Optional(GoDuration) },
      { ...closed, description: 'after: closes then; else never' },
    ),
  ),
  slice: Type.Optional(
    Type.Object(
      {
        averageSize: Size,
        sizeVariation: Type.Optional(Size),
        delay: Type.Optional(GoDuration),
      },
      closed,
    ),
  ),
  limitData: Type.Optional(Type.Object({ size: Size }, closed)),
}

const Spec = Type.Object(
  {
    action: Type.Enum(['reset', 'slow-close', 'timeout', 'slice', 'limit-data', 'cut']),
    ...linkRadius,
    ...settings,
    direction: Type.Optional(
      Type.Enum(['to', 'from', 'both'], {
        description: 'to: what is sent by the one that dials; left out: both',
      }),
    ),
    percent: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'the share of connections, 1 to 100; left out: all',
      }),
    ),
    duration: Type.Optional(GoDuration),
  },
  closed,
)

/** What a TCP proxy can do to a link beyond NetworkChaos. */
export const linkChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'LinkChaos',
  spec: Spec,
  needs: { 'slow-close': ['slowClose'], slice: ['slice'], 'limit-data': ['limitData'] },
  rules: ofOtherActions,
  limits: ofRadius,
})

const SETTING_OF: Readonly<Record<string, string>> = {
  reset: 'reset',
  'slow-close': 'slowClose',
  timeout: 'timeout',
  slice: 'slice',
  'limit-data': 'limitData',
}

function ofOtherActions(spec: Static<typeof Spec>): Finding[] {
  return Object.keys(settings)
    .filter((field) => field !== SETTING_OF[spec.action] && valuesAt(spec, [field]).length > 0)
    .map((field) => ({ path: [field], message: `action ${spec.action} takes no "${field}"` }))
}
