import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { Type } from 'typebox'
import { Parse } from 'typebox/value'

/** Lines that stand in two places, blanks and comments aside. */
export interface Repeat {
  readonly lines: number
  readonly places: readonly [Place, Place]
}

export interface Place {
  readonly path: string
  readonly line: number
}

export const SHORTEST_REPEAT_LINES = 6

const Side = Type.Object({ name: Type.String(), start: Type.Integer() })
const Report = Type.Object({
  duplicates: Type.Array(Type.Object({ lines: Type.Integer(), firstFile: Side, secondFile: Side })),
})

/** Has jscpd look for them below a folder. */
export async function findRepeats(root: string): Promise<Repeat[]> {
  const out = await mkdtemp(join(tmpdir(), 'gauntlet-repeats-'))
  try {
    await execa('jscpd', [...OPTIONS, '--output', out, '.'], { cwd: root, preferLocal: true, localDir: root })
    const report = Parse(Report, JSON.parse(await readFile(join(out, 'jscpd-report.json'), 'utf8')))
    return report.duplicates
      .map(({ lines, firstFile: a, secondFile: b }): Repeat => ({ lines, places: [placeOf(a), placeOf(b)] }))
      .sort((a, b) => b.lines - a.lines)
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

const OPTIONS = [
  ...['--min-lines', String(SHORTEST_REPEAT_LINES), '--min-tokens', '30'],
  ...['--format', 'typescript,tsx', '--reporters', 'json', '--silent'],
]

const placeOf = ({ name, start }: { readonly name: string; readonly start: number }): Place => ({
  path: name,
  line: start,
})
