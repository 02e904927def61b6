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
/** The part of a Chaos Mesh PodChaos that means something on one machine; the manifest is kept as it stands. */
export const PodChaos = Type.Object(
  {
    apiVersion: Type.Literal('chaos-mesh.org/v1alpha1'),
    kind: Type.Literal('PodChaos'),
    metadata: Type.Object({ name: Type.String() }, open),
    spec: Type.Object(
      {
        action: Type.Enum(['pod-kill']),
        mode: Type.Enum(['one'], { description: 'one: the blast radius that can be taken back today' }),
        selector: Selector,
      },
      open,
    ),
  },
  { ...open, description: 'a Chaos Mesh manifest' },
)
