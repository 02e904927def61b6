import { escapeHtml } from './html.ts'

/** What a JUnit file holds: one suite. */
export interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
  readonly seconds: number
  readonly startedAtUs: number
  readonly properties: readonly (readonly [name: string, value: string])[]
}

export function junitXml({ name, cases, seconds, startedAtUs, properties }: Suite): string {
  const counts = [
    ['tests', cases.length],
    ['failures', cases.filter(({ problem }) => problem === 'failure').length],
    ['errors', cases.filter(({ problem }) => problem === 'error').length],
    ['skipped', 0],
    ['time', seconds],
  ] as const
  const totals = counts.map(([name, value]) => ` ${name}="${value}"`).join('')
  const started = new Date(startedAtUs / 1000).toISOString()
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gauntlet"${totals}>`,
    `  <testsuite name="${xml(name)}"${totals} timestamp="${started}">`,
    '    <properties>',
    ...properties.map(([key, value]) => `      <property name="${key}" value="${xml(value)}"/>`),
    '    </properties>',
    ...cases.flatMap(({ lines }) => lines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

export interface Case {
  readonly problem: 'failure' | 'error' | null
  readonly lines: readonly string[]
}

export interface CaseGiven {
  readonly classname: string
  readonly name: string
  readonly type: string
  readonly message: string
  readonly text: string
  readonly problem: Case['problem']
}

export function testCase({ classname, name, type, message, text, problem }: CaseGiven): Case {
  const body =
    problem === null
      ? `<system-out>${xml(text)}</system-out>`
      : `<${problem} type="${xml(type)}" message="${xml(message)}">${xml(text)}</${problem}>`
  const head = `    <testcase classname="${xml(classname)}" name="${xml(name)}" time="0">`
  return { problem, lines: [head, `      ${body}`, '    </testcase>'] }
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
