import { type Static, Type } from 'typebox'
import { Duration } from '../../reports/run/duration.ts'
import { Label } from '../../reports/run/ids.ts'
import { readSpec, type Spec } from '../../reports/run/spec.ts'
import { Metadata } from './scenario.ts'

const closed = { additionalProperties: false } as const

/** A `*.audit.yaml` file: one page, visited several times by a real browser. */
export const PageAudit = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('PageAudit'),
    metadata: Metadata,
    spec: Type.Object(
      {
        address: Label,
        path: Type.String({ pattern: '^/', description: 'a path that starts with /' }),
        preset: Type.Enum(['desktop', 'mobile']),
        visits: Type.Integer({ minimum: 1, description: 'the fewest visits' }),
        timeout: Type.Optional(Duration),
      },
      closed,
    ),
  },
  { ...closed, description: 'One page, audited' },
)

export type PageAudit = Static<typeof PageAudit>

export function parsePageAudit(text: string, file: string): Spec<PageAudit> {
  return readSpec(PageAudit, text, file)
}
