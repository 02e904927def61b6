import type { RunRecord } from '../run/record.ts'
import type { ObjectiveVerdict, Verdict } from '../run/verdict.ts'
import {
  faultNotes,
  faultState,
  figureWords,
  instrumentWords,
  notes,
  residueWords,
} from '../run/words/verdict-words.ts'
import { capital, plainText } from '../run/words/words.ts'
import { brokenFirst, inPlanOrder } from './order.ts'
import { reproduce } from './reproduce.ts'
import { summary } from './summary.ts'

/** summary.md: what a pull request needs to know, broken ones first. */
export function toMarkdown(record: RunRecord, verdict: Verdict): string {
  const { run, judge } = reproduce(record)
  const objectives = brokenFirst(inPlanOrder(record.plan, verdict.objectives))
  const facts = summary(record, verdict).map(([name, words]) => `${name}: ${text(words)}`)
  const blocks = [
    `## ${capital(verdict.verdict)}: ${text(record.plan.name)} (exit ${verdict.exitCode})`,
    text(verdict.why),
    ...(objectives.length === 0 ? [] : [table(objectives, verdict)]),
    ...details(objectives),
    ...faultBlock(verdict),
    instrumentBlock(record, verdict),
    facts.join(' · '),
    `Reproduce: ${code(run)}  \nJudge this record again: ${code(judge)}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

function table(objectives: readonly ObjectiveVerdict[], verdict: Verdict): string {
  const rows = objectives.map((objective) => {
    const word = objective.advisory ? `${objective.verdict}, advisory` : `**${objective.verdict}**`
    return `| ${word} | ${text(objective.name)} | ${text(figureWords(objective, verdict))} | ${text(objective.promised)} |`
  })
  return ['| verdict | objective | measured | promised |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function details(objectives: readonly ObjectiveVerdict[]): string[] {
  const lines = objectives.flatMap((objective) => {
    const said = notes(objective).map((note) => `- ${text(objective.name)}: ${text(note)}`)
    return [...said, ...objective.ids.map(({ id, what }) => `  - ${code(id)} ${text(what)}`)]
  })
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function faultBlock(verdict: Verdict): string[] {
  const { faults, residue } = verdict
  if (faults.length === 0) return []
  const lines = faults.flatMap((fault) => [
    `- ${text(fault.experiment)}: ${faultState(fault)}`,
    ...faultNotes(fault, verdict).map((words) => `  - ${text(words)}`),
  ])
  return [`Faults (${text(residueWords(residue))}):\n${lines.join('\n')}`]
}

function instrumentBlock(record: RunRecord, verdict: Verdict): string {
  const { findings } = verdict
  if (findings.length === 0) return `Instrument: ${instrumentWords(record, verdict)}`
  return `Instrument: tainted\n${findings.map(({ why, hint }) => `- ${text(why)} To do: ${text(hint)}.`).join('\n')}`
}

/** Text that stays text: no tag, no link, no table cell, no mention of a person. */
export function text(words: string): string {
  return plainText(words)
    .replace(/@|#|:\/\/|www\./g, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/[\\`*_{}[\]|#~!]/g, '\\$&')
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Forges look for people, issues and addresses in the rendered text, where an escape is no hindrance. */
const ZERO_WIDTH_SPACE = '\u200b'

/** A code span whose fence is longer than any run of back ticks in it. */
export function code(words: string): string {
  const plain = plainText(words).replaceAll('|', '¦')
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? fence + plain + fence : `${fence} ${plain} ${fence}`
}
