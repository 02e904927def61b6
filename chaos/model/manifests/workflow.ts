import { type Static, Type } from 'typebox'
import { EMBEDDED_TYPES, embeddedParts, embeddedSpecs } from './embedded.ts'
import { defineKind, type Part } from './kind.ts'
import { CLUSTER } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { scheduled } from './scheduled.ts'
import { StatusCheck } from './status-check.ts'
import { valuesAt } from './values-at.ts'
import { workflowRules } from './workflow-rules.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1 })

/** What a Task runs is Kubernetes's own and long; it is looked at by the cluster only. */
const Task = Type.Object({}, { additionalProperties: true, description: 'a container to run' })

const Template = Type.Object(
  {
    name: Type.String({
      title: 'name',
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      description: 'lower-case letters, digits, hyphens and dots',
    }),
    templateType: Type.Enum([
      ...['Serial', 'Parallel', 'Suspend', 'Task', 'StatusCheck', 'Schedule'],
      ...EMBEDDED_TYPES,
    ]),
    deadline: Type.Optional(GoDuration),
    children: Type.Optional(Type.Array(Name)),
    task: Type.Optional(Task),
    conditionalBranches: Type.Optional(
      Type.Array(Type.Object({ target: Name, expression: Type.Optional(Type.String()) }, closed)),
    ),
    schedule: Type.Optional(scheduled.spec),
    statusCheck: Type.Optional(StatusCheck),
    abortWithStatusCheck: Type.Optional(Type.Boolean()),
    ...embeddedSpecs,
  },
  closed,
)

const Spec = Type.Object({ entry: Name, templates: Type.Array(Template, { minItems: 1 }) }, closed)

export type Template = Static<typeof Template>
export type WorkflowSpec = Static<typeof Spec>

export const workflow = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'Workflow',
  spec: Spec,
  rules: workflowRules,
  limits: [
    {
      at: ['templates', '*', 'task'],
      why: 'a Task runs a container in a pod of its own',
      possibleWith: `${CLUSTER}, or a StatusCheck in its place`,
    },
    {
      at: ['templates', '*', 'conditionalBranches'],
      why: 'a branch is chosen by the output of the container of a Task',
      possibleWith: `${CLUSTER}, or a StatusCheck with abortWithStatusCheck`,
    },
  ],
  parts: (spec) =>
    valuesAt(spec, ['templates', '*']).flatMap(({ path, value }) =>
      [...embeddedParts(value), ...scheduleOf(value)].map((part) => ({
        ...part,
        path: [...path, ...part.path],
      })),
    ),
})

function scheduleOf(template: unknown): Part[] {
  return valuesAt(template, ['schedule']).map(({ value }) => ({
    path: ['schedule'],
    kind: scheduled,
    spec: value,
  }))
}
