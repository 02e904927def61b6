import { jsonDocument } from '../../../reports/render/index.ts'
import { EXIT } from '../../../reports/run/index.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { Residue } from './residue.ts'
import { residueInWords } from './residue-words.ts'

/** Shows what is left over, and gives the exit code: 25 when something is. */
export function showResidue(
  residue: Residue,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): number {
  const { code } = residue.found.length === 0 ? EXIT.met : EXIT.unproven
  terminal.out(json ? jsonDocument({ ...residue, exitCode: code }) : residueInWords(residue))
  return code
}
