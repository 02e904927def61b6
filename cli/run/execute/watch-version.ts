import { type Control, isTaken, type RunContext, type Target, urlAt } from '../../../reports/run/index.ts'
import type { GauntletConfig } from '../../config/config.ts'

/** Says the version of the target as it is now; undefined when nobody tells. */
export type VersionNow = () => Promise<string | undefined>

export interface VersionPlaces {
  readonly target: Target
  readonly control: Control | undefined
  /** the address that tells whether the target is ready */
  readonly ready: GauntletConfig['target']['ready']
}

/**
 * How the target's version is read when the load is over: from its control, else from `version` in what its ready
 * address answers. That need not be the version of its description, so it is read now as well: while it stays the same,
 * the target is the one that was described.
 */
export async function watchVersion(
  { target, control, ready }: VersionPlaces,
  { http }: Pick<RunContext, 'http'>,
): Promise<VersionNow> {
  if (control !== undefined)
    return () =>
      control.describe().then(
        ({ version }) => version,
        () => undefined,
      )
  const base = target.addresses[ready?.address ?? '']
  if (ready === undefined || base === undefined) return async () => undefined
  const url = urlAt(base, ready.path)
  const told = async (): Promise<string | undefined> => {
    const reply = await http.send({ url, timeoutMs: 2_000 })
    return reply.status !== null && isTaken(reply) ? versionIn(reply.body) : undefined
  }
  const first = await told()
  if (first === undefined) return async () => undefined
  return async () => {
    const last = await told()
    return last === first ? target.version : last
  }
}

function versionIn(body: unknown): string | undefined {
  const version = typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined
  return typeof version === 'string' && version !== '' ? version : undefined
}
