import path from 'node:path'
import { type Surroundings, serviceEnvironment } from './environment.ts'
import type { PortName } from './ports.ts'
import type { ProcessPlan } from './supervised.ts'

/** In the order of their start; the gateway comes last, when what it needs is ready. */
export const services = [
  { name: 'catalogue', tier: 'service' },
  { name: 'orders', tier: 'service' },
  { name: 'order-worker', tier: 'worker' },
  { name: 'gateway', tier: 'edge' },
] as const satisfies readonly { name: PortName; tier: string }[]

const probeTimeoutMs = 1_000

export function servicePlan(service: (typeof services)[number], around: Surroundings): ProcessPlan {
  const { name } = service
  const port = around.ports[name]
  return {
    name,
    launch: {
      file: process.execPath,
      args: [path.resolve(import.meta.dirname, '../services', name, 'main.ts')],
      env: serviceEnvironment(name, around),
      ipc: true,
      endings: ['SIGTERM'],
    },
    probe: () => isReady(port),
    graceMs: 4_000,
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`, {
      signal: AbortSignal.timeout(probeTimeoutMs),
    })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
