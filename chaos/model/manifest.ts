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
/** As in Chaos Mesh: how many of the selected are hit. `value` is a number written as text, as there. */
const radius = {
  mode: Type.Enum(['one', 'all', 'fixed', 'fixed-percent']),
  value: Type.Optional(
    Type.String({
      pattern: '^[1-9]\\d*$',
      description: 'of fixed how many, of fixed-percent how many in 100',
    }),
  ),
  selector: Selector,
}

function manifest<Group extends string, Kind extends string, Action extends string>(
  apiVersion: Group,
  kind: Kind,
  actions: Action[],
) {
  return Type.Object(
    {
      apiVersion: Type.Literal(apiVersion),
      kind: Type.Literal(kind),
      metadata: Type.Object({ name: Type.String() }, open),
      spec: Type.Object({ action: Type.Enum(actions), ...radius }, open),
    },
    open,
  )
}

/** The part of a Chaos Mesh PodChaos that means something on one machine; the manifest is kept as it stands. */
export const PodChaos = manifest('chaos-mesh.org/v1alpha1', 'PodChaos', ['pod-kill'])

/** Ours, as Chaos Mesh has no kind for it: a process that is there and does nothing. */
export const ProcessChaos = manifest('gauntlet/v1', 'ProcessChaos', ['pause'])

export const Manifest = Type.Union([PodChaos, ProcessChaos], {
  description: 'a manifest of Chaos Mesh, or of ours where it has none',
})
