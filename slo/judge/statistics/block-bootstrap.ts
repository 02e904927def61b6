/**
 * What a statistic would have been, had chance dealt the blocks otherwise; ascending. Each resample draws as many
 * blocks as there are, with replacement: Carlstein, "The use of subseries values for estimating the variance of a
 * general statistic from a stationary sequence", Annals of Statistics 14 (1986). A block must be long enough to stand
 * alone; one number is enough of it when the statistic looks at no more.
 */
export function blockBootstrap<Block>({
  blocks,
  statistic,
  resamples,
  random,
}: {
  readonly blocks: readonly Block[]
  readonly statistic: (resample: readonly Block[]) => number
  readonly resamples: number
  readonly random: () => number
}): Float64Array {
  const draw = (): Block => blocks[Math.floor(random() * blocks.length)]!
  return Float64Array.from({ length: resamples }, () => statistic(blocks.map(draw))).sort()
}
