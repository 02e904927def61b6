import type { PlannedObjective } from '../../reports/run/index.ts'
import { allowedRatio } from './decide.ts'
import { fewestCleanEvents } from './statistics/needed-events.ts'

/** The fewest events that could decide an objective, with none bad; one is enough for a census. */
export const fewestEvents = (objective: PlannedObjective): number =>
  objective.evidence === 'census' ? 1 : fewestCleanEvents(allowedRatio(objective))
