import { totalmem } from 'node:os'
import { Check } from 'typebox/value'
import { counted } from '../../../reports/run/index.ts'
import { StressWanted } from '../../drivers/local/stress/index.ts'
import { type FaultOf, shareRatio, sizeBytes } from '../../model/manifests/index.ts'
import { selectorInWords, whyOutOfReach } from '../../radius/blast-radius.ts'
import type { Fault, FaultKind } from '../fault-kind.ts'
import { onMachine } from '../on-machine.ts'

type Spec = FaultOf<'StressChaos'>['spec']

/** Less cannot be told from what the carrier's memory does by itself. */
const LEAST_BYTES = 64 * 1024 * 1024
/** The kernel's score of who is ended first when memory runs out. */
const CARRIER_OOM_SCORE = 1000

/**
 * StressChaos: processors kept busy, memory held. A machine has no containers around its processes, so the whole of
 * it is burdened, once, whichever processes are selected.
 */
export const stressChaos: FaultKind = {
  kind: 'stress-chaos',
  read: ({ kind, spec }) => (kind === 'StressChaos' ? stressFault(spec) : undefined),
}

function stressFault(spec: Spec): Fault {
  const wanted = wantedOf(spec)
  return {
    words: {
      radius: `the whole machine, not only the processes ${selectorInWords(spec.selector)}`,
      does: `${inWords(wanted)} of the whole machine`,
      undo: 'it is let go of',
      proof: 'the system tells the processor time and the memory of what burdens it, now and after the undo',
    },
    whyNot: (target) => whyOutOfReach(target, spec) ?? whyNotStressed(spec, wanted),
    aim: () => [onMachine(wanted)],
  }
}

function wantedOf({ stressors: { cpu, memory } = {} }: Spec): StressWanted {
  return {
    ...(cpu && { cpu: { workers: cpu.workers, loadPercent: cpu.load ?? 100 } }),
    ...(memory && { memory: { bytes: memoryBytes(memory.size) } }),
  }
}

/** As in Chaos Mesh `size` is what all workers hold together; a share is one of all the memory there is. */
function memoryBytes(size = '100%'): number {
  const share = shareRatio(size)
  return share === undefined ? (sizeBytes(size) ?? 0) : Math.round(share * totalmem())
}

/** Options of stress-ng are refused where the manifest is read. */
function whyNotStressed({ stressors }: Spec, wanted: StressWanted) {
  const { memory } = stressors ?? {}
  if (!Check(StressWanted, wanted) || Object.keys(wanted).length === 0)
    return {
      why: `${JSON.stringify(stressors ?? {})} burdens nothing that we can burden`,
      hint: 'at most 256 workers, a load from 1 to 100, a size above 0',
    }
  if (memory !== undefined && (wanted.memory?.bytes ?? 0) < LEAST_BYTES)
    return { why: `${memory.size} of memory is too little to be seen`, hint: 'at least 64Mi' }
  if (memory !== undefined && memory.size === undefined)
    return { why: 'memory without a size is all the memory there is', hint: 'give stressors.memory.size' }
  if ((memory?.oomScoreAdj ?? CARRIER_OOM_SCORE) !== CARRIER_OOM_SCORE)
    return {
      why: `oomScoreAdj ${memory?.oomScoreAdj}: if memory runs out, what holds it is always ended first`,
      hint: 'leave it out, or 1000',
    }
  return undefined
}

function inWords({ cpu, memory }: StressWanted): string {
  return [
    ...(cpu ? [`keeps ${counted(cpu.workers, 'threads')} busy for ${cpu.loadPercent} % of a core each`] : []),
    ...(memory ? [`holds ${Math.round(memory.bytes / 1024 ** 2)} MiB of memory`] : []),
  ].join(' and ')
}
