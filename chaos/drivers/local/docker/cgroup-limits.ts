import { readFile } from 'node:fs/promises'
import type { Container } from './container.ts'

const ROOT = '/sys/fs/cgroup'
/** What cgroups v1 say for no limit is a little below 2^63. */
const AS_GOOD_AS_NONE = 2 ** 60

/** null: none */
export interface Limits {
  readonly cpus: number | null
  readonly memoryBytes: number | null
}

/**
 * What the kernel holds the container's first process to. Undefined where that cannot be read: the container does not run,
 * or Docker runs in a machine of its own, where its pid means another process.
 */
export async function cgroupLimits({ Id, State: { Pid } }: Container): Promise<Limits | undefined> {
  const groups = await read(`/proc/${Pid}/cgroup`)
  if (Pid === 0 || groups === undefined || !groups.includes(Id)) return undefined
  const path = (controller: string): string | undefined => groupPath(groups, controller)
  const [quota, period] = await cpuQuota(path('cpu'), path(''))
  const bytes = await firstOf([
    below(path('memory'), 'memory/', 'memory.limit_in_bytes'),
    below(path(''), '', 'memory.max'),
  ])
  if (quota === undefined || bytes === undefined) return undefined
  return {
    cpus: quota === 'max' || Number(quota) < 0 ? null : Number(quota) / Number(period),
    memoryBytes: bytes === 'max' || Number(bytes) >= AS_GOOD_AS_NONE ? null : Number(bytes),
  }
}

/** cgroups(7): HIERARCHY:CONTROLLERS:PATH; those of v2 have no controllers there. */
function groupPath(groups: string, controller: string): string | undefined {
  const lines = groups.split('\n').map((line) => line.split(':'))
  return lines.find(([, controllers = '?']) => controllers.split(',').includes(controller))?.[2]
}

async function cpuQuota(v1: string | undefined, v2: string | undefined): Promise<(string | undefined)[]> {
  const quota = await firstOf([below(v1, 'cpu/', 'cpu.cfs_quota_us')])
  if (quota !== undefined) return [quota, await firstOf([below(v1, 'cpu/', 'cpu.cfs_period_us')])]
  return (await firstOf([below(v2, '', 'cpu.max')]))?.split(' ') ?? []
}

const below = (path: string | undefined, controller: string, file: string): string | undefined =>
  path === undefined ? undefined : `${ROOT}/${controller}${path}/${file}`

async function firstOf(paths: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const path of paths) {
    const text = path === undefined ? undefined : await read(path)
    if (text !== undefined) return text.trim()
  }
  return undefined
}

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)
