import { counted, plainText } from '../../../reports/run/index.ts'
import type { Residue } from './residue.ts'

/** What is left over, each with the way to remove it by hand. */
export function residueInWords({ found, living, others }: Residue): string {
  const lines = [
    ...found.flatMap(({ run, what, byHand }) => [
      `left over   ${what}${run === null ? '' : `, of run ${run}`}`,
      `  by hand   ${byHand}`,
    ]),
    ...others.flatMap(({ what, byHand }) => [`not ours    ${what}`, `  by hand   ${byHand}`]),
    ...living.map(({ run, pid }) => `goes on     run ${run} (pid ${pid}); end it with: gauntlet chaos stop`),
    found.length === 0
      ? 'nothing of ours is left over'
      : `${counted(found.length, 'things')} left over; all that is ours goes with: gauntlet chaos recover`,
  ]
  return lines.map(plainText).join('\n')
}
