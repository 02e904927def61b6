import type { RunRecord } from '../run/record.ts'
import type { FaultVerdict, ObjectiveVerdict, Verdict } from '../run/verdict.ts'
import { figureWords, notes } from '../run/words/verdict-words.ts'
import { type Case, junitXml, type Suite, testCase } from './junit-xml.ts'

/** junit.xml: violated is a failure, inconclusive and invalid are errors; nothing is ever skipped. */
export function toJunit(record: RunRecord, verdict: Verdict): string {
  const cases = [
    runCase(record, verdict),
    ...verdict.objectives.map((one) => objectiveCase(record, one, verdict)),
    ...verdict.faults.flatMap((one) => alertCase(record, one)),
  ]
  return junitXml({
    name: record.plan.name,
    cases,
    seconds: (verdict.lengthMs ?? 0) / 1000,
    startedAtUs: record.run.startedAtUs,
    properties: properties(record, verdict),
  })
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

/** An alert that must fire is promised as an objective is. */
function alertCase({ plan }: RunRecord, { experiment, alert }: FaultVerdict): Case[] {
  if (alert === undefined) return []
  const { state, why } = alert
  const problem = state === 'fired' ? null : state === 'silent' ? 'failure' : 'error'
  return [
    testCase({
      ...{ classname: `${plan.name}.alerts`, name: experiment, type: state, message: why },
      ...{ text: `${state}: ${why}`, problem },
    }),
  ]
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

function properties({ run }: RunRecord, verdict: Verdict): Suite['properties'] {
  return [
    ['run', run.id],
    ['verdict', verdict.verdict],
    ['outcome', verdict.outcome],
    ['exit-code', String(verdict.exitCode)],
    ['target', `${run.target.name} ${run.target.version}`],
  ]
}
