import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookForSlowDisk } from './look-for-slow-disk.ts'

const V1 = '35 31 0:28 / /sys/fs/cgroup/blkio rw - cgroup cgroup rw,blkio'
const V2 = '41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw'
const ELSEWHERE = V1.replace('/sys/fs/cgroup/blkio', '/cgroup/blkio')

for (const [what, mounts, { controllers, isRoot = true }, why] of [
  ['cgroups v1 with blkio', V1, {}, undefined],
  ['cgroups v2 with the io controller', V2, { controllers: 'cpuset cpu io memory' }, undefined],
  [
    'cgroups v2 without it',
    V2,
    { controllers: 'cpuset cpu memory' },
    /\/sys\/fs\/cgroup has no io controller/,
  ],
  ['cgroups v2 that tells no controllers', V2, {}, /has no io controller/],
  ['no cgroups', '', {}, /no cgroups that govern disks/],
  ['cgroups at a place of their own', ELSEWHERE, {}, /no cgroup2 below \/sys\/fs\/cgroup/],
  ['a user who is not root', V1, { isRoot: false }, /no permission to write below .*blkio: run as root/],
] as const satisfies readonly [
  string,
  string,
  { controllers?: string; isRoot?: boolean },
  RegExp | undefined,
][])
  test(`${what}: ${why === undefined ? 'a disk can be slowed' : 'refused, with the reason'}`, () => {
    const files: Record<string, string | undefined> = {
      '/proc/self/mountinfo': `22 27 0:21 / /proc rw - proc proc rw\n${mounts}\n`,
      '/sys/fs/cgroup/cgroup.controllers': controllers,
    }
    const look = { read: (path: string) => files[path], isWritable: () => isRoot, deviceNumber: () => 1 }
    const { has, lacks } = lookForSlowDisk(look)
    if (why === undefined) assert.deepEqual([has, lacks], [['slow-disk'], {}])
    else assert.match(lacks['slow-disk'] ?? '', why)
  })
