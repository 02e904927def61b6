import type { RunRecord } from '../run/record.ts'
import type { FaultVerdict, ObjectiveVerdict, Verdict } from '../run/verdict.ts'
import {
  faultNotes,
  faultState,
  figureWords,
  goneAfterMs,
  instrumentWords,
  notes,
  residueWords,
} from '../run/words/verdict-words.ts'
import { capital, duration } from '../run/words/words.ts'
import { brokenFirst, inPlanOrder } from './order.ts'
import { type Paint, paintWith } from './paint.ts'
import { ascii, COLUMNS, column, fit, wrap } from './plain.ts'

export interface ConsoleOptions {
  /** ANSI bold and colour on the verdict words; the words carry the meaning without them */
  readonly colour: boolean
  /** what else a reader must know of the evidence, a sentence each */
  readonly notes?: readonly string[]
  /** said in the last line; the caller knows where it is and how to say it */
  readonly report?: string
}

const NAME = '  '
const NOTE = ' '.repeat(16)
/** ids shown below a census; the rest is counted */
const MOST_IDS = 10

/** The end of a run, 80 columns of ASCII: what the report's first screen says, the broken ones first. */
export function consoleText(
  record: RunRecord,
  verdict: Verdict,
  { colour, notes: more = [], report }: ConsoleOptions,
): string {
  const paint = paintWith(colour)
  const word = paint(capital(verdict.verdict), verdict.verdict)
  const outcome = verdict.outcome === 'completed' ? '' : `   ${verdict.outcome}`
  const objectives = brokenFirst(inPlanOrder(record.plan, verdict.objectives))
  const columns = columnsFor(objectives, verdict)
  const lines = [
    `${word}   exit ${verdict.exitCode}${outcome}`,
    ...wrap(ascii(verdict.why)),
    ...(objectives.length === 0 ? [] : ['']),
    ...objectives.flatMap((objective) => objectiveLines(objective, { verdict, columns, paint })),
    '',
    ...verdict.faults.flatMap((fault) => faultLines(fault, verdict)),
    ...instrumentLines(record, verdict),
    ...more.flatMap((note) => named('note', note)),
    ...(report === undefined ? [] : ['', `${NAME}${column('report', 14)}${report}`]),
  ]
  return lines.join('\n')
}

/** How wide those of the table are. */
interface Columns {
  readonly name: number
  readonly figures: number
  readonly promise: number
}

const USUAL: Columns = { name: 18, figures: 25, promise: COLUMNS - 59 }
const LONGEST_NAME = 20

/** Longer names take what the other two columns do not need. */
function columnsFor(objectives: readonly ObjectiveVerdict[], run: Verdict): Columns {
  const longest = (say: (objective: ObjectiveVerdict) => string): number =>
    Math.max(0, ...objectives.map((one) => say(one).length))
  const free = (usual: number, needed: number): number => Math.max(0, usual - needed)
  const figures = free(USUAL.figures, longest((one) => ascii(figureWords(one, run))) + 1)
  const promise = free(
    USUAL.promise,
    longest((one) => promiseWords(one, USUAL.promise)),
  )
  const wanted =
    Math.min(
      LONGEST_NAME,
      longest(({ name }) => ascii(name)),
    ) +
    1 -
    USUAL.name
  const more = Math.max(0, Math.min(wanted, figures + promise))
  const ofFigures = Math.min(more, figures)
  return {
    name: USUAL.name + more,
    figures: USUAL.figures - ofFigures,
    promise: USUAL.promise - (more - ofFigures),
  }
}

interface Row {
  readonly verdict: Verdict
  readonly columns: Columns
  readonly paint: Paint
}

function objectiveLines(objective: ObjectiveVerdict, { verdict: run, columns, paint }: Row): string[] {
  const { verdict, advisory, name, ids } = objective
  const word = paint(verdict, advisory ? undefined : verdict) + ' '.repeat(14 - verdict.length)
  const figures = column(ascii(figureWords(objective, run)), columns.figures)
  const row = `${NAME}${word}${column(ascii(name), columns.name)}${figures}`
  const shown = ids.slice(0, MOST_IDS).map(({ id, what }) => `${fit(ascii(id), 20)}  ${ascii(what)}`)
  const more = ids.length > MOST_IDS ? [`and ${ids.length - MOST_IDS} more, in verdict.json`] : []
  const below = [...notes(objective).map(ascii), ...shown, ...more]
  return [
    (row + promiseWords(objective, columns.promise)).trimEnd(),
    ...below.flatMap((line) => wrap(line, NOTE)),
  ]
}

/** `p95 < 300 ms`; an advisory one keeps only the limit where both have no room. */
function promiseWords({ promised, advisory }: ObjectiveVerdict, room: number): string {
  const said = ascii(promised)
  if (!advisory) return fit(said, room)
  const whole = `${said}, advisory`
  return fit(whole.length <= room ? whole : whole.slice(Math.max(0, whole.indexOf('<'))), room)
}

function faultLines(fault: FaultVerdict, verdict: Verdict): string[] {
  const state =
    fault.proof === 'not injected' ? fault.proof : `${faultState(fault)}, ${residueWords(verdict.residue)}`
  const afterMs = goneAfterMs(fault)
  return [
    ...named('fault', `${fault.experiment} ${state}`),
    ...(afterMs === null ? [] : [`${NOTE}gone ${duration(afterMs)} after the undo`]),
    ...faultNotes(fault, verdict).flatMap((words) => wrap(ascii(words), NOTE)),
  ]
}

function instrumentLines(record: RunRecord, verdict: Verdict): string[] {
  const { findings } = verdict
  if (findings.length === 0) return named('instrument', instrumentWords(record, verdict))
  const hints = new Set(findings.map(({ hint }) => hint))
  return [
    ...findings.flatMap(({ why }) => named('tainted', why)),
    ...[...hints].flatMap((hint) => named('hint', hint)),
  ]
}

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), NOTE)
  return [`${NAME}${column(name, 14)}${first.trimStart()}`, ...rest]
}
