import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from 'commander'
import { EXIT, GauntletError } from '../../reports/run/index.ts'
import { asGauntletError } from '../terminal/errors.ts'
import { processTerminal } from '../terminal/terminal.ts'
import { buildProgram } from './index.ts'

const program = buildProgram(processTerminal(), () => {})

/** Those that do something, by their whole names; the others only hold them together. */
function leavesOf(command: Command, names = ''): (readonly [name: string, command: Command])[] {
  return command.commands.flatMap((sub) => {
    const name = `${names}${sub.name()}`
    return sub.commands.length > 0 ? leavesOf(sub, `${name} `) : [[name, sub] as const]
  })
}

function helpOf(command: Command): string {
  const parts: string[] = []
  command.configureOutput({ writeOut: (part) => parts.push(part) }).outputHelp()
  return parts.join('')
}

test('every command shows an example of itself', () => {
  const leaves = leavesOf(program)
  assert.ok(leaves.length >= 21, `${leaves.length} commands`)
  const without = leaves.filter(([name, command]) => {
    const [, examples = ''] = helpOf(command).split(/^Examples?:$/m)
    return !examples.includes(`gauntlet ${name}`)
  })
  assert.deepEqual(
    without.map(([name]) => name),
    [],
  )
})

for (const [args, hint] of [
  [['chaos', 'run', '--bogus'], 'gauntlet chaos run --help'],
  [['chaos', 'rnu'], 'nearest: run\ngauntlet chaos --help'],
  [['list', 'all'], 'gauntlet list --help'],
  [['--bogus'], 'gauntlet --help'],
] as const)
  test(`what is wrong with gauntlet ${args.join(' ')} is answered with the help of that command`, async () => {
    const error: unknown = await program
      .parseAsync(args, { from: 'user' })
      .catch((caught: unknown) => asGauntletError(caught))
    assert.ok(error instanceof GauntletError)
    assert.deepEqual([error.code, error.exit, error.hint], ['USAGE', 'refused', hint])
  })

test('the first page of help lists each exit code', () => {
  for (const { code, meaning } of Object.values(EXIT))
    assert.match(helpOf(program), new RegExp(`^ +${code} +${meaning.replaceAll(/[()]/g, '\\$&')}$`, 'm'))
})
