import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiskUndo } from '../../../../reports/run/index.ts'
import { isStillSlow } from './is-still-slow.ts'

const GROUP = '/sys/fs/cgroup/blkio/gauntlet-r1-42'
const IO_MAX = '/sys/fs/cgroup/plaza/orders/io.max'
const NONE: DiskUndo['limits'] = []
const line = (text: string) => ({ [IO_MAX]: `8:0 rbps=1 wbps=1\n${text}\n` })
const v2 = (...values: string[]) => ({ limits: values.map((value) => ({ path: IO_MAX, value })) })

for (const [what, undo, files, isSlow] of [
  [
    'a group that is there, though nobody is in it',
    { group: GROUP, limits: NONE },
    { [`${GROUP}/cgroup.procs`]: '' },
    true,
  ],
  ['a group that is gone', { group: GROUP, limits: NONE }, {}, false],
  ['a limit that was not there', v2('254:0 wbps=max'), line('254:0 rbps=max wbps=1000'), true],
  ['another one than before', v2('254:0 wbps=77'), line('254:0 rbps=max wbps=1000'), true],
  ['the one of before', v2('254:0 wbps=77'), line('254:0 rbps=max wbps=77'), false],
  ['no limit, as before', v2('254:0 wbps=max'), line('254:0 rbps=5 wbps=max'), false],
  ['no line of the disk', v2('254:0 wbps=max'), line(''), false],
  ['one of two that is left', v2('254:0 rbps=max', '254:0 wbps=max'), line('254:0 rbps=max wbps=9'), true],
  ['a group that was there and is gone', v2('254:0 wbps=77'), {}, false],
] as const)
  test(`${what}: ${isSlow ? 'still slow' : 'as before'}`, () => {
    const all: Readonly<Record<string, string>> = files
    const look = { read: (path: string) => all[path], isWritable: () => true, deviceNumber: () => 1 }
    assert.equal(isStillSlow(undo, look), isSlow)
  })
