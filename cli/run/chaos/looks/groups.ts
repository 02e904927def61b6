import { groupsLikeOurs, lookHere } from '../../../../chaos/drivers/local/slow-disk/index.ts'
import type { Sighting } from './sighting.ts'

/** Groups of processes whose disk is slow, that are named as ours are. */
export const seenGroups = (): Sighting[] =>
  groupsLikeOurs(lookHere).map((group) => {
    const does = `let the disk of whoever is in ${group} be as fast as before`
    return { what: `the cgroup ${group} is there`, step: { kind: 'disk', group, limits: [], does } }
  })
