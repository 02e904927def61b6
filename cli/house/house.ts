import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runTool } from './members.ts'
import { belowImports } from './survey/below-imports.ts'
import { REASONS } from './survey/reasons.ts'
import { findRepeats } from './survey/repeats.ts'
import { surveyOf } from './survey/survey.ts'
import { isInOrder, surveyText } from './survey/survey-text.ts'

const USAGE = `npm run house
  The house as its files say it is: import cycles, faults against the import table, the longest files and functions,
  repeated blocks below the imports. Exit 0 only without cycles and faults, and with a reason in survey/reasons.ts for every long file
  and every repeat.`

const root = resolve(import.meta.dirname, '../..')

await runTool(USAGE, async () => {
  const ignored = /(^|\/)(node_modules|dist|fixtures\/broken|\.[^/]+)(\/|$)/
  const paths = globSync('**/*.{ts,tsx}', { cwd: root, exclude: (path) => ignored.test(path) }).sort()
  const sources = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const survey = surveyOf(sources)
  const repeats = belowImports(await findRepeats(root), sources)
  console.log(surveyText(survey, repeats, REASONS))
  return isInOrder(survey, repeats, REASONS) ? 0 : 1
})
