export const DISTRIBUTIONS = ['uniform', 'normal', 'pareto', 'paretonormal'] as const
export type Distribution = (typeof DISTRIBUTIONS)[number]

type Draw = () => number

/** Mean 0; uniform between −1 and 1, the others with standard deviation 1. */
export function distributionOf(name: Distribution, random: Draw): Draw {
  switch (name) {
    case 'uniform':
      return () => 2 * random() - 1
    case 'normal':
      return () => normal(random)
    case 'pareto':
      return () => pareto(random)
    case 'paretonormal':
      return () => paretoNormal(random)
    default:
      return name satisfies never
  }
}

/** Box and Muller, 1958. 1 − x, because the logarithm of 0 is none. */
function normal(random: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The shape that tc-netem's table has. */
const SHAPE = 3
const MEAN = SHAPE / (SHAPE - 1)
const DEVIATION = Math.sqrt(SHAPE / ((SHAPE - 1) ** 2 * (SHAPE - 2)))

/** Pareto's distribution by inversion, brought to mean 0 and standard deviation 1. */
function pareto(random: Draw): number {
  return ((1 - random()) ** (-1 / SHAPE) - MEAN) / DEVIATION
}

/** A quarter normal, three quarters Pareto, as in tc-netem; brought to standard deviation 1. */
function paretoNormal(random: Draw): number {
  return (0.25 * normal(random) + 0.75 * pareto(random)) / Math.hypot(0.25, 0.75)
}
