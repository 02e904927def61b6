import type { Http } from '../../../../reports/run/index.ts'
import type { Machine } from '../../../model/machine.ts'
import { Docker } from './docker.ts'

/** Whether a Docker answers; `dockerHost` as in DOCKER_HOST. */
export async function lookForDocker(dockerHost: string | undefined, http: Http): Promise<Machine> {
  const silence = await new Docker(dockerHost, http).silence()
  return silence === undefined ? { has: ['docker'], lacks: {} } : { has: [], lacks: { docker: silence } }
}
