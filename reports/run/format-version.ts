/** Older ones are read as those of today (`plan-of-today.ts`); all that are not named here are at their first. */
const VERSIONS: Readonly<Record<string, number>> = { plan: 2 }

/** The INTEGER of `gauntlet/NAME/INTEGER` that we write. */
export const formatVersion = (name: string): number => VERSIONS[name] ?? 1
