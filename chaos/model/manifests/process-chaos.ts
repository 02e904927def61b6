import { type Static, Type } from 'typebox'
import { radius } from '../../radius/selector.ts'
import { below, type Finding } from './finding.ts'
import { defineKind } from './kind.ts'
import { ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { Size, sizeBytes } from './parts/size.ts'
import { noneOf } from './rules.ts'

const closed = { additionalProperties: false } as const

const SlowDisk = Type.Object(
  {
    read: Type.Optional(Size),
    write: Type.Optional(Size),
    path: Type.Optional(
      Type.String({ title: 'path', pattern: '^/', description: 'an absolute path of a folder on the disk' }),
    ),
    log: Type.Optional(
      Type.String({ minLength: 1, description: 'in place of path: the folder of this log of the target' }),
    ),
  },
  { ...closed, description: 'how much a second may be read and written, and on which disk' },
)

const Spec = Type.Object(
  {
    action: Type.Enum(['pause', 'restart', 'descriptors', 'slow-disk']),
    ...radius,
    descriptors: Type.Optional(
      Type.Object(
        { limit: Type.Integer({ minimum: 1, description: 'how many the process may have open' }) },
        closed,
      ),
    ),
    slowDisk: Type.Optional(SlowDisk),
    duration: Type.Optional(GoDuration),
  },
  closed,
)

/** Processes that stand still, are asked to end and started again, or get less from the system: Chaos Mesh has only their death. */
export const processChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'ProcessChaos',
  spec: Spec,
  needs: { descriptors: ['descriptors'], 'slow-disk': ['slowDisk'] },
  oneShot: ['restart'],
  rules: (spec) => [...ofOtherAction(spec), ...misfitsOfDisk(spec)],
  limits: ofRadius,
})

const SETTING_OF: Readonly<Record<string, string>> = { descriptors: 'descriptors', 'slow-disk': 'slowDisk' }

function ofOtherAction({ action, descriptors, slowDisk }: Static<typeof Spec>): Finding[] {
  return Object.entries({ descriptors, slowDisk })
    .filter(([field, value]) => field !== SETTING_OF[action] && value !== undefined)
    .map(([field]) => ({ path: [field], message: `action ${action} takes no "${field}"` }))
}

/** Below a page a second the kernel would let nothing through that a page is needed for. */
const LEAST_BYTES = 4096

function misfitsOfDisk({ slowDisk }: Static<typeof Spec>): Finding[] {
  if (slowDisk === undefined) return []
  const { path, log, read, write } = slowDisk
  const named =
    (path === undefined) === (log === undefined)
      ? [
          {
            path: [],
            message: 'slowDisk names no disk, or two',
            hint: 'expected path: /a/folder, or log: NAME of a log of the target',
          },
        ]
      : []
  const tooSlow = Object.entries({ read, write })
    .filter(([, size]) => size !== undefined && (sizeBytes(size) ?? 0) < LEAST_BYTES)
    .map(([field]) => ({ path: [field], message: `${field} is less than 4Ki a second` }))
  return below(
    [...noneOf(slowDisk, ['read', 'write'], 'slowDisk slows nothing'), ...named, ...tooSlow],
    ['slowDisk'],
  )
}
