import { Type } from 'typebox'
import { EMBEDDED_TYPES, embeddedParts, embeddedSpecs } from './embedded.ts'
import { defineKind } from './kind.ts'
import { scheduleRules, times } from './scheduled.ts'
import { valuesAt } from './values-at.ts'
import { workflow } from './workflow.ts'

export const schedule = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'Schedule',
  spec: Type.Object(
    {
      ...times,
      type: Type.Enum([...EMBEDDED_TYPES, 'Workflow']),
      ...embeddedSpecs,
      workflow: Type.Optional(workflow.spec),
    },
    { additionalProperties: false },
  ),
  rules: scheduleRules,
  limits: [],
  parts: (spec) => [
    ...embeddedParts(spec),
    ...valuesAt(spec, ['workflow']).map(({ value }) => ({ path: ['workflow'], kind: workflow, spec: value })),
  ],
})
