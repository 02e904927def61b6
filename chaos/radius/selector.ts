import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Names = Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'at least one name' })
const Labels = Type.Record(Type.String(), Type.String(), {
  minProperties: 1,
  description: 'at least one name with its value, both text',
})

const Requirement = Type.Object(
  {
    key: Type.String({ minLength: 1 }),
    operator: Type.Enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
    values: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)

const ways = {
  namespaces: Type.Optional(Names),
  labelSelectors: Type.Optional(Labels),
  expressionSelectors: Type.Optional(Type.Array(Requirement, { minItems: 1 })),
  annotationSelectors: Type.Optional(Labels),
  fieldSelectors: Type.Optional(Labels),
  nodes: Type.Optional(Names),
  nodeSelectors: Type.Optional(Labels),
  podPhaseSelectors: Type.Optional(
    Type.Array(Type.Enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']), { minItems: 1 }),
  ),
  pods: Type.Optional(Type.Record(Type.String(), Names, { minProperties: 1 })),
}

const atLeastOne = {
  ...closed,
  minProperties: 1,
  description: 'at least one way to select, such as labelSelectors: nothing is hit without a selector',
}

/** What may be hit; all the ways that are given must fit. */
export const Selector = Type.Object(ways, atLeastOne)

/** Of a fault on links also their names in the target's description. */
export const LinkSelector = Type.Object({ ...ways, links: Type.Optional(Names) }, atLeastOne)

export type Selector = Static<typeof Selector>
export type LinkSelector = Static<typeof LinkSelector>

const MODES = ['one', 'all', 'fixed', 'fixed-percent', 'random-max-percent'] as const
const ofThose = {
  mode: Type.Enum([...MODES], { description: 'how many of those that fit: there is no default' }),
  value: Type.Optional(Type.String({ description: 'text, in quotes, such as "2"' })),
}

/** The blast radius: which, how many of them. */
export const radius = { selector: Selector, ...ofThose }
export const linkRadius = { selector: LinkSelector, ...ofThose }

/** As a rule also of which containers of a pod, and of which cluster. */
export const containerRadius = { ...radius, containerNames: Type.Optional(Names) }
export const remote = {
  remoteCluster: Type.Optional(Type.String({ description: 'the name of another cluster' })),
}
