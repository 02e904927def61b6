import { posix } from 'node:path'
import type { Target } from '../../reports/run/index.ts'
import type { StressWanted } from '../drivers/local/stress/index.ts'
import { type FaultOf, sizeBytes } from '../model/manifests/index.ts'
import type { Fault, FaultKind } from './fault-kind.ts'
import { onMachine } from './on-machine.ts'

type Spec = FaultOf<'FileChaos'>['spec']

/**
 * FileChaos: descriptors of the machine are held open, or a disk is filled. Which disk, the target must have named:
 * only a folder in which one of its logs lies, or one below, is filled.
 */
export const fileChaos: FaultKind = {
  kind: 'file-chaos',
  read: ({ kind, spec }) => (kind === 'FileChaos' ? fileFault(spec) : undefined),
}

function fileFault(spec: Spec): Fault {
  const wanted = wantedOf(spec)
  const { disk, descriptors } = wanted
  return {
    words: {
      radius: 'the whole machine',
      does: disk
        ? `puts ${spec.size} onto the disk of ${disk.folder}`
        : `holds ${descriptors?.count} descriptors of the machine open`,
      undo: 'it is let go of',
      proof: 'the system tells what is held, now and after the undo',
    },
    whyNot: (target) => (disk === undefined ? undefined : whyNotFilled(disk.folder, target)),
    aim: () => [onMachine(wanted)],
  }
}

function wantedOf({ action, count = 0, path = '/', size = '0' }: Spec): StressWanted {
  switch (action) {
    case 'descriptors':
      return { descriptors: { count } }
    case 'disk-fill':
      return { disk: { folder: posix.normalize(path), bytes: sizeBytes(size) ?? 0 } }
    default:
      return action satisfies never
  }
}

function whyNotFilled(folder: string, { name, logs }: Target) {
  const named = [...new Set(logs.map(({ path }) => posix.dirname(posix.normalize(path))))]
  const isNamed = named.some((one) => !posix.relative(one, folder).startsWith('..'))
  if (isNamed) return undefined
  return {
    why: `${folder} is no folder that ${name} names, nor below one`,
    hint: named.length === 0 ? `${name} names no logs` : `its logs lie in ${named.join(', ')}`,
  }
}
