import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Look } from './block-device.ts'
import { planSlowDisk } from './plan.ts'

const V1 = '35 31 0:28 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio'
const V2 = '41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw'
const HYBRID = V2.replace('/sys/fs/cgroup ', '/sys/fs/cgroup/unified ')
const DISK_254_0 = 0xfe00
const PARTITION_8_1 = 0x801

interface Scene {
  readonly files?: Readonly<Record<string, string>>
  readonly mounts: string
  readonly device?: number | undefined
  readonly isRoot?: boolean
}

function system({ files = {}, mounts, device = DISK_254_0, isRoot = true }: Scene): Look {
  const all: Readonly<Record<string, string>> = {
    '/proc/self/mountinfo': `22 27 0:21 / /proc rw - proc proc rw\n${mounts}\n`,
    '/proc/42/cgroup': '7:blkio:/\n6:cpu,cpuacct:/\n0::/plaza/orders\n',
    '/sys/dev/block/254:0/dev': '254:0\n',
    '/sys/dev/block/8:1/dev': '8:1\n',
    '/sys/dev/block/8:1/partition': '1\n',
    '/sys/dev/block/8:1/../dev': '8:0\n',
    ...files,
  }
  return { read: (path) => all[path], isWritable: () => isRoot, deviceNumber: () => device }
}

const wanted = { pid: 42, folder: '/data', runId: 'r1', writeBytesPerSecond: 1000 }
const GROUP = '/sys/fs/cgroup/blkio/gauntlet-r1-42'

test('cgroups v1: a group of its own with a limit that zero takes off, and the way home', () => {
  assert.deepEqual(planSlowDisk({ ...wanted, readBytesPerSecond: 5 }, system({ mounts: V1 })), {
    possible: true,
    ...{ pid: 42, disk: '254:0', group: GROUP },
    ownGroup: { folder: GROUP, home: '/sys/fs/cgroup/blkio' },
    limits: [
      {
        what: 'read',
        bytesPerSecond: 5,
        path: `${GROUP}/blkio.throttle.read_bps_device`,
        value: '254:0 5',
        previousValue: '254:0 0',
      },
      {
        what: 'write',
        bytesPerSecond: 1000,
        path: `${GROUP}/blkio.throttle.write_bps_device`,
        value: '254:0 1000',
        previousValue: '254:0 0',
      },
    ],
  })
})

test('a partition is slowed down by its disk', () => {
  const plan = planSlowDisk(wanted, system({ mounts: V1, device: PARTITION_8_1 }))
  assert.ok(plan.possible)
  assert.equal(plan.limits[0]?.value, '8:0 1000')
})

test('where both are mounted, the one that has blkio governs the disks', () => {
  const plan = planSlowDisk(wanted, system({ mounts: `${HYBRID}\n${V1}` }))
  assert.ok(plan.possible)
  assert.equal(plan.ownGroup?.folder, GROUP)
})

const IO_MAX = '/sys/fs/cgroup/plaza/orders/io.max'
const PROCS = '/sys/fs/cgroup/plaza/orders/cgroup.procs'

test('cgroups v2: the limit of the group it is in, and what stood there before', () => {
  const before = {
    [IO_MAX]: '8:0 rbps=1 wbps=2\n254:0 rbps=max wbps=5000 riops=max wiops=max\n',
    [PROCS]: '42\n',
  }
  const look = system({ mounts: V2, files: before })
  assert.deepEqual(planSlowDisk({ ...wanted, readBytesPerSecond: 5 }, look), {
    possible: true,
    ...{ pid: 42, disk: '254:0', group: '/sys/fs/cgroup/plaza/orders' },
    limits: [
      {
        what: 'read',
        bytesPerSecond: 5,
        path: IO_MAX,
        value: '254:0 rbps=5',
        previousValue: '254:0 rbps=max',
      },
      {
        what: 'write',
        bytesPerSecond: 1000,
        path: IO_MAX,
        value: '254:0 wbps=1000',
        previousValue: '254:0 wbps=5000',
      },
    ],
  })
})

for (const [what, scene, reason] of [
  ['memory as a disk (major 0)', { mounts: V1, device: 0x1b }, /\/data stands on no disk/],
  ['a folder that is not there', { mounts: V1, files: { '/sys/dev/block/254:0/dev': undefined } }, /no disk/],
  ['a system without cgroups', { mounts: '' }, /no cgroups that govern disks/],
  ['a user who is not root, v1', { mounts: V1, isRoot: false }, /no permission to make a group in \/sys/],
  [
    'a user who is not root, v2',
    { mounts: V2, isRoot: false, files: { [IO_MAX]: '', [PROCS]: '42\n' } },
    /no permission to write/,
  ],
  ['a group without the io controller', { mounts: V2 }, /has no io\.max: the io controller must be on/],
  [
    'a process whose disk is slow already',
    { mounts: V1, files: { '/proc/42/cgroup': '7:blkio:/gauntlet-r0-42\n' } },
    /it is in \/sys\/fs\/cgroup\/blkio\/gauntlet-r0-42 already/,
  ],
  [
    'what would be no slower than it is',
    { mounts: V2, files: { [IO_MAX]: '254:0 rbps=max wbps=1000\n', [PROCS]: '42\n' } },
    /may write only 1000 bytes a second already/,
  ],
  [
    'cgroups at another place, where no journal may lead',
    { mounts: V1.replace('/sys/fs/cgroup/', '/cgroup/') },
    /no cgroups that govern disks/,
  ],
  [
    'a group that it shares',
    { mounts: V2, files: { [IO_MAX]: '', [PROCS]: '41\n42\n43\n' } },
    /2 more processes are in .* and would be slowed down too/,
  ],
] as const)
  test(`refuses ${what}, with the reason`, () => {
    const plan = planSlowDisk(wanted, system(scene as Scene))
    assert.ok(!plan.possible)
    assert.match(plan.reason, reason)
  })
