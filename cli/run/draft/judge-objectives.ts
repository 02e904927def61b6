import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  type Complaint,
  GauntletError,
  type PlannedObjective,
  type PlannedPhase,
  type PlannedSource,
} from '../../../reports/run/index.ts'
import {
  clashesOf,
  parseOpenSlo,
  type ResolvedSlo,
  shelve,
  toPlannedObjectives,
} from '../../../slo/model/index.ts'
import { refuse } from './draft.ts'
import { EXAMPLE_SLO } from './judge-example.ts'

/** SLOs of files that were named on the command line. */
export async function readSlos(files: readonly string[], cwd: string): Promise<ResolvedSlo[]> {
  if (files.length === 0)
    throw new GauntletError('NO_OBJECTIVES', 'nothing says what is promised: --slo FILE is missing', {
      hint: `write one, such as fast-enough.slo.yaml, and give it with --slo:\n${EXAMPLE_SLO}`,
    })
  const shelf = shelve(
    await Promise.all(files.map(async (file) => parseOpenSlo(await textOf(file, cwd), file))),
  )
  refuse(shelf.complaints)
  if (shelf.slos.size === 0)
    throw new GauntletError('NO_OBJECTIVES', `there is no SLO in ${files.join(', ')}`, {
      hint: `an SLO is a document with kind: SLO, such as\n${EXAMPLE_SLO}`,
    })
  return [...shelf.slos.values()]
}

async function textOf(file: string, cwd: string): Promise<string> {
  return readFile(resolve(cwd, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const isThere = cause.code !== 'ENOENT'
    const what = isThere ? `${file} cannot be read: ${cause.message}` : `there is no file ${file}`
    throw new GauntletError('NO_OBJECTIVES', what, {
      cause,
      hint: 'a file with SLOs (OpenSLO v1), such as search-latency.slo.yaml',
    })
  })
}

export interface PlacedSlos {
  readonly objectives: readonly PlannedObjective[]
  readonly sources: readonly PlannedSource[]
}

/** Asks SLOs of all phases that are judged; what cannot be asked is refused, all of it at once. */
export function placeSlos(slos: readonly ResolvedSlo[], phases: readonly PlannedPhase[]): PlacedSlos {
  const judged = phases.filter((one) => one.judged)
  const complaints: Complaint[] = []
  const placed = slos.map((slo) => {
    const { refusals, ...rest } = toPlannedObjectives(slo, { phases: judged, advisory: false })
    for (const { of, why, hint } of refusals)
      complaints.push(
        slo.document.complaint(NAME, `${slo.name} cannot be judged: ${why}`, {
          hint: of === 'as' ? OTHER_NAME : hint,
        }),
      )
    return { slo, ...rest }
  })
  const objectives = placed.flatMap((one) => one.objectives)
  const names = new Set<string>()
  for (const { slo, objectives } of placed)
    for (const { name } of objectives) {
      if (names.has(name))
        complaints.push(
          slo.document.complaint(NAME, `two objectives are called ${name}`, { hint: OTHER_NAME }),
        )
      names.add(name)
    }
  for (const { kind, first, second } of clashesOf(objectives)) {
    const at = placed.find((one) => one.objectives.includes(second))
    if (kind !== 'impossible' || at === undefined) continue
    const both = `${first.name} (${first.promised}) and ${second.name} (${second.promised})`
    complaints.push(
      at.slo.document.complaint(NAME, `${both} cannot both be kept`, { hint: 'leave one of them out' }),
    )
  }
  refuse(complaints)
  return { objectives, sources: placed.flatMap((one) => one.sources) }
}

const NAME = ['metadata', 'name'] as const
const OTHER_NAME =
  'give the SLO another metadata.name, of at most 40; its objectives are called by it, several NAME-1, NAME-2'
