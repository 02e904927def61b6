import { GauntletError } from '../../../../reports/run/index.ts'

/** What would make faults on containers possible. */
export const WHERE_DOCKER_IS =
  'they are possible where Docker runs on this machine: start it, or set DOCKER_HOST=unix:///PATH to its socket'

const USUAL = '/var/run/docker.sock'

/** Where Docker listens: DOCKER_HOST, when it names a Unix socket; the usual place when it is not set. */
export function dockerSocket(dockerHost: string | undefined): string {
  if (dockerHost === undefined || dockerHost === '') return USUAL
  const path = /^unix:\/\/(\/.+)$/.exec(dockerHost)?.[1]
  if (path !== undefined) return path
  throw new GauntletError('NO_DOCKER', `DOCKER_HOST is ${dockerHost}, which is no Unix socket`, {
    hint: WHERE_DOCKER_IS,
  })
}
