import { posix } from 'node:path'
import { isOnThisMachine, type Target } from '../../../reports/run/index.ts'
import type { StressWanted } from '../../drivers/local/stress/index.ts'
import { type FaultOf, sizeBytes } from '../../model/manifests/index.ts'
import type { Fault, FaultKind } from '../fault-kind.ts'
import { namedFolder } from '../named-folder.ts'
import { onMachine } from '../on-machine.ts'

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
  const { action, count, path, log, size } = spec
  return {
    words: {
      radius: 'the whole machine',
      does:
        action === 'disk-fill'
          ? `puts ${size} onto the disk of ${path ?? `the log ${log}`}`
          : `holds ${count} descriptors of the machine open`,
      undo: 'it is let go of',
      proof: 'the system tells what is held, now and after the undo',
    },
    whyNot: (target) =>
      whyElsewhere(target) ??
      (action === 'disk-fill' ? whyNotFilled(namedFolder(spec, target), target) : undefined),
    aim: (target) => [onMachine(wantedOf(spec, target))],
  }
}

function wantedOf(spec: Spec, target: Target): StressWanted {
  const { action, count = 0, size = '0' } = spec
  switch (action) {
    case 'descriptors':
      return { descriptors: { count } }
    case 'disk-fill':
      return { disk: { folder: namedFolder(spec, target) ?? '/', bytes: sizeBytes(size) ?? 0 } }
    default:
      return action satisfies never
  }
}

/** What burdens this machine says nothing of a target on another. */
function whyElsewhere(target: Target) {
  return target.control !== undefined || isOnThisMachine(target)
    ? undefined
    : {
        why: `${target.name} offers no control, and is not known to be on this machine, which would be burdened`,
        hint: 'it is where all its addresses are, such as http://127.0.0.1:8080; or describe target.control',
      }
}

function whyNotFilled(folder: string | undefined, { name, logs }: Target) {
  const named = [...new Set(logs.map((one) => posix.dirname(posix.normalize(one.path))))]
  const isNamed = folder !== undefined && named.some((one) => !posix.relative(one, folder).startsWith('..'))
  if (isNamed) return undefined
  const hint =
    logs.length === 0
      ? `${name} names no logs`
      : `its logs ${logs.map((log) => log.name).join(', ')} lie in ${named.join(', ')}`
  return folder === undefined
    ? { why: `${name} has no such log`, hint }
    : { why: `${folder} is no folder that ${name} names, nor below one`, hint }
}
