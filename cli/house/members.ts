import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { EXIT, GauntletError } from '../../reports/run/index.ts'

/** Names of a family's members: one file each, its tests beside it. */
export function memberNames(family: 'benches' | 'proofs'): string[] {
  return readdirSync(join(import.meta.dirname, family))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort()
}

/** Loads a member; an unknown name is refused with the nearest one. */
export async function loadMember(
  family: 'benches' | 'proofs',
  name: string,
): Promise<Record<string, unknown>> {
  const names = memberNames(family)
  if (names.includes(name)) return import(join(import.meta.dirname, family, `${name}.ts`))
  const [nearest] = names.toSorted((a, b) => distance(a, name) - distance(b, name))
  throw new GauntletError('NO_MEMBER', `there is no "${name}" in cli/house/${family}`, {
    hint: nearest === undefined ? 'it holds none yet' : `did you mean ${nearest}? all: ${names.join(', ')}`,
  })
}

/** Runs a tool's main function; `--help` says how it is used, a refusal is a sentence and its exit code, never a stack. */
export async function runTool(usage: string, main: () => Promise<number>): Promise<void> {
  try {
    if (process.argv.includes('--help')) console.log(usage)
    else process.exitCode = await main()
  } catch (thrown) {
    const error = isUnknownOption(thrown)
      ? new GauntletError('USAGE', thrown.message, { hint: usage, exit: 'refused' })
      : thrown
    if (!(error instanceof GauntletError)) throw error
    console.error(`${error.message}${error.hint === undefined ? '' : `\n  hint     ${error.hint}`}`)
    process.exitCode = error.exitCode
  }
}

const isUnknownOption = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_')

export const VERDICT_EXIT = {
  met: EXIT.met.code,
  inconclusive: EXIT.inconclusive.code,
  violated: EXIT.violated.code,
} as const
