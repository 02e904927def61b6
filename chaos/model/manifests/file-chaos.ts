import { type Static, Type } from 'typebox'
import type { Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import { GoDuration } from './parts/duration.ts'
import { Size } from './parts/size.ts'

const Spec = Type.Object(
  {
    action: Type.Enum(['descriptors', 'disk-fill']),
    count: Type.Optional(Type.Integer({ minimum: 1, description: 'how many descriptors are held open' })),
    path: Type.Optional(
      Type.String({
        title: 'path',
        pattern: '^/',
        description: 'an absolute path of a folder that the target names',
      }),
    ),
    log: Type.Optional(
      Type.String({ minLength: 1, description: 'in place of path: the folder of this log of the target' }),
    ),
    size: Type.Optional(Size),
    duration: Type.Optional(GoDuration),
  },
  { additionalProperties: false },
)

/** What files need: the machine's descriptors, and the room on the disk of a path. Nothing else is selected. */
export const fileChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'FileChaos',
  spec: Spec,
  needs: { descriptors: ['count'], 'disk-fill': ['size'] },
  rules: (spec) => [...ofOtherAction(spec), ...whichFolder(spec)],
  limits: [],
})

function whichFolder({ action, path, log }: Static<typeof Spec>): Finding[] {
  if (action !== 'disk-fill' || (path === undefined) !== (log === undefined)) return []
  const message = path === undefined ? '"path" is missing' : '"path" and "log" name the folder twice'
  return [
    { path: [], message, hint: 'expected path: /an/absolute/folder, or log: NAME of a log of the target' },
  ]
}

function ofOtherAction({ action, count, path, log, size }: Static<typeof Spec>): Finding[] {
  const others = action === 'descriptors' ? { path, log, size } : { count }
  return Object.entries(others)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => ({ path: [field], message: `action ${action} takes no "${field}"` }))
}
