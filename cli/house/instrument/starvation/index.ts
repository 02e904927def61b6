import { crowd } from './crowd.ts'
import { pauses } from './pauses.ts'
import { quota } from './quota.ts'
import type { Starvation } from './starvation.ts'

export type { Starvation } from './starvation.ts'

export const STARVATIONS: readonly Starvation[] = [quota, crowd, pauses]
