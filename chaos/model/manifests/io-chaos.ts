import { Type } from 'typebox'
import { containerRadius, remote } from '../../radius/selector.ts'
import { defineKind } from './kind.ts'
import type { Limit } from './limit.ts'
import { CLUSTER, ofContainers, ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'

const closed = { additionalProperties: false } as const
const Count = Type.Integer({ minimum: 0 })
const Timespec = Type.Object({ sec: Type.Integer(), nsec: Type.Integer() }, closed)

/** The calls of FUSE. */
const METHODS = [
  ...['lookup', 'forget', 'getattr', 'setattr', 'readlink', 'mknod', 'mkdir', 'unlink', 'rmdir', 'symlink'],
  ...['rename', 'link', 'open', 'read', 'write', 'flush', 'release', 'fsync', 'opendir', 'readdir'],
  ...['releasedir', 'fsyncdir', 'statfs', 'setxattr', 'getxattr', 'listxattr', 'removexattr', 'access'],
  ...['create', 'getlk', 'setlk', 'bmap'],
]

const Attributes = Type.Object(
  {
    ino: Type.Optional(Count),
    size: Type.Optional(Count),
    blocks: Type.Optional(Count),
    atime: Type.Optional(Timespec),
    mtime: Type.Optional(Timespec),
    ctime: Type.Optional(Timespec),
    kind: Type.Optional(
      Type.Enum(['namedPipe', 'charDevice', 'blockDevice', 'directory', 'regularFile', 'symlink', 'socket']),
    ),
    perm: Type.Optional(Type.Integer({ minimum: 0, maximum: 0o177777 })),
    nlink: Type.Optional(Count),
    uid: Type.Optional(Count),
    gid: Type.Optional(Count),
    rdev: Type.Optional(Count),
  },
  { ...closed, minProperties: 1 },
)

const Mistake = Type.Object(
  {
    filling: Type.Optional(Type.Enum(['zero', 'random'])),
    maxOccurrences: Type.Optional(Type.Integer({ minimum: 1 })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of bytes' })),
  },
  closed,
)

/** Calls are told apart only by the file system of Chaos Mesh. */
const byFileSystem = (at: string, more: Partial<Limit> = {}): Limit => ({
  at: [at],
  why: 'one call or file is told from another only by a file system between the process and its disk',
  possibleWith: CLUSTER,
  ...more,
})

export const ioChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'IOChaos',
  spec: Type.Object(
    {
      action: Type.Enum(['latency', 'fault', 'attrOverride', 'mistake']),
      ...containerRadius,
      ...remote,
      volumePath: Type.String({ minLength: 1, description: 'where the volume is mounted' }),
      path: Type.Optional(
        Type.String({ minLength: 1, description: 'files below volumePath, such as /data/**' }),
      ),
      methods: Type.Optional(Type.Array(Type.Enum(METHODS), { minItems: 1 })),
      percent: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 100, description: 'a whole number, 0 to 100' }),
      ),
      delay: Type.Optional(GoDuration),
      errno: Type.Optional(Type.Integer({ minimum: 1, description: 'a number of errno, such as 5 for EIO' })),
      attr: Type.Optional(Attributes),
      mistake: Type.Optional(Mistake),
      duration: Type.Optional(GoDuration),
    },
    closed,
  ),
  needs: { latency: ['delay'], fault: ['errno'], attrOverride: ['attr'], mistake: ['mistake'] },
  limits: [
    ...ofRadius,
    ofContainers,
    byFileSystem('action', { but: ['latency'] }),
    {
      at: ['action'],
      values: ['latency'],
      why: 'the kernel bounds how much a second goes to a disk, not how long one call takes',
      possibleWith: `${CLUSTER}; a disk that is slow by bytes: ProcessChaos with action slow-disk`,
    },
    byFileSystem('path'),
    byFileSystem('methods'),
    byFileSystem('percent', { but: [100] }),
  ],
})
