import { join } from 'node:path'
import { bundleLibrary } from './bundle-library.ts'

// npm run verify, test and gauntlet begin with it: .npmrc forbids every script of `npm ci`, also one of ours. Where all is
// bundled it has to end at once, so it imports nothing of the house.

/** Each start of the command loads them, and they come in hundreds of files. */
const LIBRARIES = [
  'typebox',
  'execa',
  '@stdlib/math-base-special-betaln',
  '@stdlib/stats-base-dists-beta-quantile',
  '@stdlib/stats-base-dists-binomial-cdf',
  '@stdlib/stats-base-dists-chisquare-quantile',
  '@stdlib/stats-base-dists-t-quantile',
]

const modules = join(import.meta.dirname, '../../node_modules')
for (const name of LIBRARIES)
  await bundleLibrary(modules, name).catch((error: unknown) => {
    console.error(
      `${name} stays in many files, and gauntlet starts later by what it takes to read them: ${error}`,
    )
  })
