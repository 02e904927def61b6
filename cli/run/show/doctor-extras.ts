import { globSync } from 'node:fs'
import { join } from 'node:path'
import { lookAtMachine, lookForDocker } from '../../../chaos/index.ts'
import type { Exec, Http } from '../../../reports/run/index.ts'
import type { Examined } from './examined.ts'

const FAKETIME = [
  '/usr/lib/faketime',
  '/usr/lib64/faketime',
  '/usr/lib/*/faketime',
  '/usr/local/lib/faketime',
]
const ANSWERS_WITHIN_MS = 5_000

/** What some faults need, and nothing else does. */
export interface Extra {
  readonly name: string
  readonly isHere: boolean
  /** what becomes of a fault that needs it */
  readonly without: string
}

export interface ExtraPlaces {
  readonly exec: Exec
  readonly http: Http
  readonly dockerHost: string | undefined
}

/** Tries each as a fault would use it; changes nothing on this machine. */
export async function examineExtras({ exec, http, dockerHost }: ExtraPlaces): Promise<Examined[]> {
  const [docker, packets, stressNg] = await Promise.all([
    lookForDocker(dockerHost, http),
    lookAtMachine(exec),
    exec.run({ file: 'stress-ng', args: ['--version'], timeoutMs: ANSWERS_WITHIN_MS }),
  ])
  const extra = (name: string, isHere: boolean, without: string): Extra => ({ name, isHere, without })
  const shapes = packets.has.filter((one) => one !== 'nft')
  return extrasFound([
    extra('Docker', docker.has.includes('docker'), 'faults on containers are refused'),
    extra('nftables', packets.has.includes('nft'), 'faults on packets are refused'),
    extra(
      shapes.length === 0 ? 'tc' : `tc (${shapes.join(', ')})`,
      shapes.length > 0,
      'packets are not shaped, links go through a proxy',
    ),
    extra('libfaketime', hasFaketime(), 'clocks are not skewed'),
    extra('stress-ng', stressNg.exitCode === 0, 'stress is by a worker of ours'),
  ])
}

const hasFaketime = (): boolean => globSync(FAKETIME.map((one) => join(one, 'libfaketime.so.1'))).length > 0

/** One line for those that are here, one for the others. Pure. */
export function extrasFound(extras: readonly Extra[]): Examined[] {
  const [here, absent] = [extras.filter(({ isHere }) => isHere), extras.filter(({ isHere }) => !isHere)]
  const names = (some: readonly Extra[]): string => some.map(({ name }) => name).join(', ')
  return [
    ...(here.length === 0
      ? []
      : [{ state: 'ready', name: 'extras for faults', about: names(here) } as const]),
    ...(absent.length === 0
      ? []
      : [
          {
            ...({ state: 'absent', name: 'extras, all optional', about: names(absent) } as const),
            hint: `without: ${absent.map(({ without }) => without).join('; ')}`,
          },
        ]),
  ]
}
