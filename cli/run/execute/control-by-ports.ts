import {
  type Control,
  GauntletError,
  isOnThisMachine,
  type Target,
  type TargetProcess,
} from '../../../reports/run/index.ts'
import { identify } from '../../process/identity.ts'
import { listenersOn } from '../../process/ports.ts'

/**
 * Of a target that offers no control: finds its processes on this machine by the ports on which they listen, and changes
 * nothing at it. Those of which it says no port are as it describes them.
 */
export function controlByPorts(target: Target): Control {
  const refuse = (what: string): never => {
    throw new GauntletError('NO_CONTROL', `${target.name} offers no control: ${what}`, {
      hint: 'describe target.control, as in reports/run/target.schema.json',
      exit: 'machinery',
    })
  }
  // elsewhere, whoever listens on that port here is a stranger
  const isHere = isOnThisMachine(target)
  return {
    describe: async () => (isHere ? { ...target, processes: target.processes.map(found) } : target),
    fact: async (name) => refuse(`its fact ${name} cannot be asked`),
    send: async () => ({ status: null, reason: `${target.name} offers no control` }),
    switchRequest: () => refuse('its switches cannot be turned'),
    runRequest: () => refuse('its processes cannot be started or stopped'),
    routeRequest: () => refuse('its links cannot be led elsewhere'),
  }
}

/** As it is now. Where several share a port nobody can say which of them it is: it runs, and has no pid. */
function found(described: TargetProcess): TargetProcess {
  const { pid: _, startedAt: _at, ...process } = described
  if (process.port === undefined) return described
  const [first, ...others] = listenersOn(process.port)
  if (others.length > 0) return { ...process, state: 'ready' }
  const identity = identify(first)
  return identity === undefined
    ? { ...process, state: 'stopped' }
    : { ...process, ...identity, state: 'ready' }
}
