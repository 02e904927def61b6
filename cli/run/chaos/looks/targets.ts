import { type Control, type Target, type TargetProcess, victimWords } from '../../../../reports/run/index.ts'
import { isStopped } from '../../../process/identity.ts'
import type { Sighting } from './sighting.ts'

/** What a target that answers says of itself: links led elsewhere, switches that are on, processes held down. */
export function seenOnTarget(
  { name: target, links, switches, processes }: Target,
  control: Control,
): Sighting[] {
  return [
    ...links.flatMap(({ name, listen, upstream, straight = upstream }) =>
      listen === straight
        ? []
        : [
            {
              what: `the link ${name} of ${target} goes to ${listen}, and straight would be ${straight}`,
              step: control.routeRequest(name, null),
            },
          ],
    ),
    ...switches
      .filter(({ on = false }) => on)
      .map(({ name }) => ({
        what: `the switch ${name} of ${target} is on`,
        step: control.switchRequest(name, false),
      })),
    ...processes
      .filter(({ state }) => state === 'stopped')
      .map(({ name }) => ({
        what: `the process ${name} of ${target} is held down`,
        step: control.runRequest(name, 'running'),
      })),
  ]
}

/** Of a target that says nothing too: its processes that stand still. */
export const seenStopped = ({ name: target, processes }: Target): Sighting[] =>
  processes.flatMap((one) => stopped(one, target))

function stopped({ name, pid, startedAt }: TargetProcess, target: string): Sighting[] {
  if (pid === undefined || startedAt === undefined || !isStopped({ pid, startedAt })) return []
  const victim = { name, pid, startedAt }
  const what = `process ${victimWords(victim)} of ${target} is stopped`
  return [{ what, step: { kind: 'signal', victim, signal: 'SIGCONT', does: `let ${name} go on` } }]
}
