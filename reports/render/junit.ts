import type { RunRecord } from '../run/record.ts'
import type { ObjectiveVerdict, Verdict } from '../run/verdict.ts'
import { figureWords, notes } from '../run/verdict-words.ts'
import { escapeHtml } from './html.ts'

/** junit.xml: violated is a failure, inconclusive and invalid are errors; nothing is ever skipped. */
export function toJunit(record: RunRecord, verdict: Verdict): string {
  const cases = [
    runCase(record, verdict),
    ...verdict.objectives.map((one) => objectiveCase(record, one, verdict)),
  ]
  const counts = [
    ['tests', cases.length],
    ['failures', cases.filter(({ problem }) => problem === 'failure').length],
    ['errors', cases.filter(({ problem }) => problem === 'error').length],
    ['skipped', 0],
    ['time', (verdict.lengthMs ?? 0) / 1000],
  ] as const
  const totals = counts.map(([name, value]) => ` ${name}="${value}"`).join('')
  const started = new Date(record.run.startedAtUs / 1000).toISOString()
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gauntlet"${totals}>`,
    `  <testsuite name="${xml(record.plan.name)}"${totals} timestamp="${started}">`,
    '    <properties>',
    ...properties(record, verdict),
    '    </properties>',
    ...cases.flatMap(({ lines }) => lines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

interface Case {
  readonly problem: 'failure' | 'error' | null
  readonly lines: readonly string[]
}

/** The run itself: an error wherever it ended otherwise than by its objectives. */
function runCase({ plan }: RunRecord, verdict: Verdict): Case {
  const isToldByObjectives = verdict.exitCode === 0 || verdict.exitCode === 21
  const text = [verdict.why, ...verdict.findings.map(({ why, hint }) => `${why} To do: ${hint}.`)].join('\n')
  return testCase({
    ...{ classname: plan.name, name: 'run', message: verdict.why, text },
    type: verdict.outcome === 'completed' ? verdict.verdict : verdict.outcome,
    problem: isToldByObjectives ? null : 'error',
  })
}

function objectiveCase({ plan }: RunRecord, objective: ObjectiveVerdict, run: Verdict): Case {
  const { name, verdict, advisory, promised, ids } = objective
  const figures = `${figureWords(objective, run)}, promised ${promised}`
  const listed = ids.map(({ id, what }) => `${id}: ${what}`)
  const text = [`${verdict}: ${figures}`, ...notes(objective), ...listed].join('\n')
  return testCase({
    ...{ classname: `${plan.name}.objectives`, name, type: verdict, message: figures },
    text: advisory ? `advisory, not counted\n${text}` : text,
    problem: advisory ? null : problemOf(verdict),
  })
}

function problemOf(verdict: ObjectiveVerdict['verdict']): Case['problem'] {
  switch (verdict) {
    case 'met':
      return null
    case 'violated':
      return 'failure'
    case 'inconclusive':
      return 'error'
    default:
      return verdict satisfies never
  }
}

interface CaseGiven {
  readonly classname: string
  readonly name: string
  readonly type: string
  readonly message: string
  readonly text: string
  readonly problem: Case['problem']
}

function testCase({ classname, name, type, message, text, problem }: CaseGiven): Case {
  const body =
    problem === null
      ? `<system-out>${xml(text)}</system-out>`
      : `<${problem} type="${xml(type)}" message="${xml(message)}">${xml(text)}</${problem}>`
  const head = `    <testcase classname="${xml(classname)}" name="${xml(name)}" time="0">`
  return { problem, lines: [head, `      ${body}`, '    </testcase>'] }
}

function properties({ run }: RunRecord, verdict: Verdict): string[] {
  const pairs = [
    ['run', run.id],
    ['verdict', verdict.verdict],
    ['outcome', verdict.outcome],
    ['exit-code', String(verdict.exitCode)],
    ['target', `${run.target.name} ${run.target.version}`],
  ] as const
  return pairs.map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`)
}

// What XML 1.0 cannot hold in any spelling ("Characters", production 2), lone surrogates included.
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

function xml(text: string): string {
  const allowed = text.replace(
    NOT_XML,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  )
  return escapeHtml(allowed).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;')
}
