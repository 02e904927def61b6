import { constants, setPriority } from 'node:os'

// Preloaded into tests that run beside one that measures: they wait for a processor, and so does all that they start.
setPriority(constants.priority.PRIORITY_LOW)
