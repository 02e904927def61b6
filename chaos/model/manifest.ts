import { Type } from 'typebox'

const open = { additionalProperties: true } as const

const Selector = Type.Object(
  {
    labelSelectors: Type.Record(Type.String(), Type.String(), {
      minProperties: 1,
      description: 'at least one label: nothing is ever hit without a selector',
    }),
  },
  open,
)
const PodKill = Type.Enum(['pod-kill'])

/** One of the matching processes. */
const One = Type.Object({ action: PodKill, mode: Type.Literal('one'), selector: Selector }, open)

/** So many of the matching processes. */
const Fixed = Type.Object(
  {
    action: PodKill,
    mode: Type.Literal('fixed'),
    value: Type.String({ title: 'count', pattern: '^[1-9][0-9]*$', description: 'how many, as text: "2"' }),
    selector: Selector,
  },
  open,
)

/** The part of a Chaos Mesh PodChaos that means something on one machine; the manifest is kept as it stands. */
export const PodChaos = Type.Object(
  {
    apiVersion: Type.Literal('chaos-mesh.org/v1alpha1'),
    kind: Type.Literal('PodChaos'),
    metadata: Type.Object({ name: Type.String() }, open),
    spec: Type.Union([One, Fixed]),
  },
  { ...open, description: 'a Chaos Mesh manifest' },
)
