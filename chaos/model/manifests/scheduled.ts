import { Type } from 'typebox'
import { EMBEDDED_KEYS, EMBEDDED_TYPES, embeddedKey, embeddedParts, embeddedSpecs } from './embedded.ts'
import type { Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import { parseCron } from './parts/cron.ts'
import { valuesAt } from './values-at.ts'

const TIMES = 'cron in UTC such as "*/5 * * * *", or "@every 30s"'

/** When, and what: of a Schedule, and of a workflow's template. */
export const times = {
  schedule: Type.String({
    minLength: 1,
    description: TIMES,
  }),
  startingDeadlineSeconds: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
  concurrencyPolicy: Type.Optional(Type.Enum(['Forbid', 'Allow'])),
  historyLimit: Type.Optional(Type.Integer({ minimum: 1 })),
}

/** The schedule within a workflow: it cannot hold a workflow again. */
export const scheduled = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'Schedule',
  spec: Type.Object(
    { ...times, type: Type.Enum([...EMBEDDED_TYPES]), ...embeddedSpecs },
    { additionalProperties: false },
  ),
  rules: scheduleRules,
  limits: [],
  parts: embeddedParts,
})

/** A time table that can be read, and the one spec that its type names. */
export function scheduleRules(spec: { readonly schedule: string; readonly type: string }): Finding[] {
  const cron: Finding[] =
    parseCron(spec.schedule) === undefined
      ? [
          {
            path: ['schedule'],
            message: `"${spec.schedule}" is no schedule`,
            hint: `expected ${TIMES}`,
          },
        ]
      : []
  return [...cron, ...onlyPart(spec, embeddedKey(spec.type) ?? 'workflow', `type ${spec.type}`)]
}

/** The spec under this key must be there, and that of no other kind. */
export function onlyPart(spec: object, key: string, said: string): Finding[] {
  const others = [...EMBEDDED_KEYS, 'workflow'].filter((other) => other !== key)
  const missing = valuesAt(spec, [key]).length === 0
  return [
    ...(missing ? [{ path: [], message: `${said} needs "${key}", which is missing` }] : []),
    ...others.flatMap((other) =>
      valuesAt(spec, [other]).map(() => ({ path: [other], message: `${said} takes no "${other}"` })),
    ),
  ]
}
