import { LONG_FILE_LINES, LONG_TEST_LINES, type Reasons } from './reasons.ts'
import type { Repeat } from './repeats.ts'
import type { Survey } from './survey.ts'

/** Half the files of the models that STYLE names are shorter than 31 to 110 lines, half their functions than 8 to 11. */
const MODELS = { file: '31 to 110', function: '8 to 11' }
const LONGEST_FUNCTIONS = 10
const NO_REASON = '← no reason in cli/house/survey/reasons.ts'

/** What `npm run house` prints. */
export function surveyText(survey: Survey, repeats: readonly Repeat[], reasons: Reasons): string {
  const { files, cycles, mutualFolders, importFaults, lines, testLines, functionLines } = survey
  return [
    `${files} files of TypeScript`,
    ...section(
      'import cycles between files',
      cycles.map((cycle) => cycle.join(' → ')),
    ),
    ...section(
      'folders that import each other',
      mutualFolders.map((pair) => pair.join(' ↔ ')),
    ),
    ...section('faults against the import table', importFaults),
    ...section(
      `files of over ${LONG_FILE_LINES} lines, tests of over ${LONG_TEST_LINES}`,
      longFiles(survey).map(
        ({ path, lines }) => `${String(lines).padStart(5)}  ${path}  ${reasons.files[path] ?? NO_REASON}`,
      ),
    ),
    ...section(
      `the ${LONGEST_FUNCTIONS} longest functions`,
      functionLines.longest
        .slice(0, LONGEST_FUNCTIONS)
        .map(({ path, line, lines, name }) => `${String(lines).padStart(5)}  ${path}:${line}  ${name}`),
    ),
    ...section(
      'repeats of six lines or more',
      repeats.map(
        (one) =>
          `${String(one.lines).padStart(5)}  ${placesOf(one)}  ${reasonFor(one, reasons) ?? NO_REASON}`,
      ),
    ),
    '',
    `half the files are shorter than ${lines.median} lines (tests: ${testLines.median}); of the models ${MODELS.file}`,
    `half the functions are shorter than ${functionLines.median} lines; of the models ${MODELS.function}`,
    ...staleReasons(survey, repeats, reasons).map((one) => `no longer so, take it out of reasons.ts: ${one}`),
    isInOrder(survey, repeats, reasons) ? 'in order' : 'not in order',
  ].join('\n')
}

/** Without cycles and faults, and with a reason for whatever is long or there twice, and no other. */
export function isInOrder(survey: Survey, repeats: readonly Repeat[], reasons: Reasons): boolean {
  return [
    survey.cycles,
    survey.mutualFolders,
    survey.importFaults,
    longFiles(survey).filter(({ path }) => reasons.files[path] === undefined),
    repeats.filter((one) => reasonFor(one, reasons) === undefined),
    staleReasons(survey, repeats, reasons),
  ].every((list) => list.length === 0)
}

function section(title: string, found: readonly string[]): string[] {
  return ['', `${title}: ${found.length === 0 ? 'none' : found.length}`, ...found.map((line) => `  ${line}`)]
}

function longFiles({ lines, testLines }: Survey) {
  return [
    ...lines.longest.filter((one) => one.lines > LONG_FILE_LINES),
    ...testLines.longest.filter((one) => one.lines > LONG_TEST_LINES),
  ]
}

const placesOf = ({ places }: Repeat): string => places.map(({ path, line }) => `${path}:${line}`).join(' = ')

function reasonFor({ places }: Repeat, reasons: Reasons): string | undefined {
  const paths = places.map(({ path }) => path).sort()
  return reasons.repeats.find(({ files }) => String(files.toSorted()) === String(paths))?.why
}

function staleReasons(survey: Survey, repeats: readonly Repeat[], reasons: Reasons): string[] {
  const long = new Set(longFiles(survey).map(({ path }) => path))
  const twice = new Set(repeats.map(({ places }) => String(places.map(({ path }) => path).sort())))
  return [
    ...Object.keys(reasons.files).filter((path) => !long.has(path)),
    ...reasons.repeats.map(({ files }) => String(files.toSorted())).filter((pair) => !twice.has(pair)),
  ]
}
