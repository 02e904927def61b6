import { cgroupLimits, type Limits } from '../cgroup-limits.ts'
import type { Container } from '../container.ts'
import { type ContainerAct, GONE, isStill } from './act.ts'

/** The kernel's, where Docker names no other. */
const PERIOD_US = 100_000
/**
 * Docker's update takes neither 0 nor -1 for "no limit of memory", and both must be numbers, that of memory with swap the
 * greater. So much no machine has; both are whole pages and stand exactly in JSON's doubles.
 */
const NO_MEMORY_LIMIT = { Memory: 2 ** 61, MemorySwap: 2 ** 62 }
const AS_GOOD_AS_NONE = 2 ** 60

/** Less of the processors, and of the memory, than it had. Memory is limited without swap: what is above is killed. */
export function limit(wanted: Partial<Limits>): ContainerAct {
  const words = inWords({ cpus: null, memoryBytes: null, ...wanted })
  return {
    does: `limits to ${words}`,
    undo: 'update to the former limits',
    proof: `its cgroup says ${words}; after the undo what it said before`,
    requests: (before) => [update(before, newLimits(before, wanted))],
    wayBack: (before) => [
      { ...update(before, formerLimits(before, wanted)), does: `give ${before.name} its former limits back` },
    ],
    look: async (before, now) => {
      if (!isStill(before, now)) return GONE
      const told = toldLimits(now)
      const kernel = await cgroupLimits(now)
      const both = [told, kernel ?? told]
      return {
        isOn: both.every((one) => isSame(one, { ...one, ...wanted })),
        isNormal: both.every((one) => isSame(one, toldLimits(before))),
        seen: `${kernel ? 'its cgroup says' : 'Docker tells of it'} ${inWords(kernel ?? told)}`,
      }
    },
  }
}

const update = ({ Id }: Container, body: object) =>
  ({ method: 'POST', path: `/containers/${Id}/update`, body }) as const

/** A container that was made with `--cpus` takes only that again, and others only a quota. */
function newLimits({ HostConfig }: Container, { cpus, memoryBytes }: Partial<Limits>): object {
  const period = HostConfig.CpuPeriod || PERIOD_US
  const ofCpu = (share: number): object =>
    HostConfig.NanoCpus > 0 ? { NanoCpus: Math.round(share * 1e9) } : { CpuQuota: Math.round(share * period) }
  return {
    ...(typeof cpus === 'number' && ofCpu(cpus)),
    ...(typeof memoryBytes === 'number' && { Memory: memoryBytes, MemorySwap: memoryBytes }),
  }
}

/** Only what was changed. */
function formerLimits({ HostConfig }: Container, { cpus, memoryBytes }: Partial<Limits>): object {
  const { NanoCpus, CpuQuota, Memory, MemorySwap } = HostConfig
  const swap = MemorySwap > 0 ? MemorySwap : NO_MEMORY_LIMIT.MemorySwap
  const ofMemory = Memory === 0 ? NO_MEMORY_LIMIT : { Memory, MemorySwap: swap }
  return {
    ...(typeof cpus === 'number' && (NanoCpus > 0 ? { NanoCpus } : { CpuQuota: CpuQuota || -1 })),
    ...(typeof memoryBytes === 'number' && ofMemory),
  }
}

function toldLimits({ HostConfig }: Container): Limits {
  const { NanoCpus, CpuQuota, CpuPeriod, Memory } = HostConfig
  const quota = CpuQuota > 0 ? CpuQuota / (CpuPeriod || PERIOD_US) : null
  return {
    cpus: NanoCpus > 0 ? NanoCpus / 1e9 : quota,
    memoryBytes: Memory === 0 || Memory >= AS_GOOD_AS_NONE ? null : Memory,
  }
}

/** Quotas are whole microseconds, and memory whole pages. */
const isSame = (a: Limits, b: Limits): boolean =>
  isNear(a.cpus, b.cpus, 0.001) && isNear(a.memoryBytes, b.memoryBytes, 4096)

const isNear = (a: number | null, b: number | null, within: number): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= within

function inWords({ cpus, memoryBytes }: Limits): string {
  const words = [
    ...(cpus === null ? [] : [`${cpus} CPUs`]),
    ...(memoryBytes === null ? [] : [`${Math.round(memoryBytes / 2 ** 20)} MiB`]),
  ]
  return words.length === 0 ? 'no limit' : words.join(' and ')
}
