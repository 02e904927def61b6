import type { Container } from '../container.ts'
import { type ContainerAct, isStill, type Look } from './act.ts'

/** Docker's own, where a container says no other: seconds between SIGTERM and SIGKILL. */
const STOP_TIMEOUT_SECONDS = 10
const MARGIN_SECONDS = 5

/** SIGKILL to its first process, and with it to all. */
export const kill: ContainerAct = {
  does: 'SIGKILL to',
  ...ended(),
  requests: ({ Id }) => [{ method: 'POST', path: `/containers/${Id}/kill?signal=SIGKILL` }],
}

/** Asked to end, and killed when it does not within its own time. */
export const stop: ContainerAct = {
  does: 'stops',
  ...ended(),
  requests: ({ Id, Config }) => {
    const seconds = (Config.StopTimeout ?? STOP_TIMEOUT_SECONDS) + MARGIN_SECONDS
    return [{ method: 'POST', path: `/containers/${Id}/stop`, timeoutMs: seconds * 1000 }]
  },
}

function ended(): Omit<ContainerAct, 'does' | 'requests'> {
  return {
    undo: 'start, unless it was started or replaced meanwhile',
    proof:
      'Docker tells that it ended; after the undo that it, or another of its name, runs and is as healthy',
    whyNot: ({ HostConfig }) =>
      HostConfig.AutoRemove
        ? 'it is removed when it ends (AutoRemove), so that nothing could start it again'
        : undefined,
    wayBack: ({ Id, name }) => [{ method: 'POST', path: `/containers/${Id}/start`, does: `start ${name}` }],
    look,
  }
}

function look(before: Container, now: Container | undefined): Look {
  if (now === undefined) return { isOn: true, isNormal: false, seen: 'it is gone' }
  const { State } = now
  const isAnother = !isStill(before, now) || State.StartedAt !== before.State.StartedAt
  const runs = State.Running && !State.Paused
  const isHealthy = before.State.Health?.Status !== 'healthy' || State.Health?.Status === 'healthy'
  const since = isAnother ? ` since ${State.StartedAt}` : ''
  const health = isHealthy ? '' : `, and is ${State.Health?.Status ?? 'without a health check'}`
  return {
    isOn: !State.Running || isAnother,
    isNormal: runs && isHealthy,
    seen: runs ? `it runs${since}${health}` : `it does not run`,
  }
}
