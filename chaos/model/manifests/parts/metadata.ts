import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const Texts = Type.Record(Type.String(), Type.String())
const ignored = Type.Optional(Type.Unknown())

/** Kubernetes's ObjectMeta: what people write, and what a cluster adds to what it gives back. */
export const Metadata = Type.Object(
  {
    name: Type.String({
      title: 'name',
      maxLength: 253,
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      description: 'lower-case letters, digits, hyphens and dots',
    }),
    namespace: Type.Optional(Type.String({ minLength: 1 })),
    labels: Type.Optional(Texts),
    annotations: Type.Optional(Texts),
    finalizers: ignored,
    generateName: ignored,
    generation: ignored,
    uid: ignored,
    resourceVersion: ignored,
    creationTimestamp: ignored,
    deletionTimestamp: ignored,
    deletionGracePeriodSeconds: ignored,
    ownerReferences: ignored,
    managedFields: ignored,
    selfLink: ignored,
  },
  closed,
)
