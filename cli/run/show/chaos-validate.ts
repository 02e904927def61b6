import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Experiment, parseExperiment } from '../../../chaos/index.ts'
import { localRefusals, parseManifest } from '../../../chaos/model/manifests/index.ts'
import {
  type Complaint,
  counted,
  GauntletError,
  readDocuments,
  type Spec,
  type YamlDocument,
} from '../../../reports/run/index.ts'
import { EXPERIMENT_IN_CODE, readExperiment } from '../../config/experiment-files.ts'
import { shownAs } from './shown-as.ts'

/** What `chaos validate --json` prints. */
export interface ChaosValidation {
  readonly schema: 'gauntlet/chaos-validate/1'
  readonly files: readonly ValidatedChaosFile[]
}

export interface ValidatedChaosFile {
  readonly file: string
  /** those without a mistake */
  readonly objects: readonly ValidatedChaos[]
  readonly mistakes: readonly Complaint[]
}

export interface ValidatedChaos {
  readonly kind: string
  readonly name: string
  readonly line: number
  /** what of it cannot be done on one machine, although it is right */
  readonly refusals: readonly { readonly line: number; readonly why: string; readonly possibleWith: string }[]
}

type Read = Omit<ValidatedChaosFile, 'file'>

/** Checks files of experiments, and files of manifests. */
export async function validateChaos(paths: readonly string[], cwd: string): Promise<ChaosValidation> {
  const files = [...new Set(paths.map((path) => fileAt(path, cwd)))]
  return {
    schema: 'gauntlet/chaos-validate/1',
    files: await Promise.all(
      files.map(async (path) => {
        const file = shownAs(path, cwd)
        if (EXPERIMENT_IN_CODE.test(path)) return { file, ...readOf(await readExperiment(path, file)) }
        return { file, ...validated(await readFile(path, 'utf8'), file) }
      }),
    ),
  }
}

function fileAt(path: string, cwd: string): string {
  const file = resolve(cwd, path)
  if (existsSync(file) && statSync(file).isFile()) return file
  throw new GauntletError('NO_FILE', existsSync(file) ? `${path} is no file` : `there is no file ${path}`, {
    hint: 'name files of experiments or manifests, such as chaos/catalog/*.yaml',
  })
}

function validated(text: string, file: string): Read {
  const { documents, complaints } = readDocuments(text, file)
  if (documents.some(isExperiment)) return readOf(parseExperiment(text, file))
  const read = documents.map(validatedManifest)
  return {
    objects: read.flatMap(({ objects }) => objects),
    mistakes: [...complaints, ...read.flatMap(({ mistakes }) => mistakes)].toSorted(
      (a, b) => a.line - b.line || a.column - b.column,
    ),
  }
}

const isExperiment = (document: YamlDocument): boolean => document.text(['kind']) === 'Experiment'

function readOf({ value, document, complaints }: Spec<Experiment>): Read {
  if (value === undefined) return { objects: [], mistakes: complaints }
  return { objects: [{ ...headOf(value, document), refusals: [] }], mistakes: [] }
}

function validatedManifest(document: YamlDocument): Read {
  if (document.text(['kind']) === 'Plan') return { objects: [], mistakes: [planGiven(document)] }
  const { value, complaints } = parseManifest(document, ['Experiment'])
  if (value === undefined) return { objects: [], mistakes: complaints }
  const refusals = localRefusals(value).map(({ path, why, possibleWith }) => ({
    line: document.complaint(path, '', { on: 'key' }).line,
    why: `${path.join('.')}: ${why}`,
    possibleWith,
  }))
  return { objects: [{ ...headOf(value, document), refusals }], mistakes: [] }
}

function planGiven(document: YamlDocument): Complaint {
  const name = document.text(['metadata', 'name']) ?? 'NAME'
  return document.complaint(['kind'], 'kind Plan is no fault and no experiment', {
    hint: `gauntlet plan ${name} checks it`,
  })
}

interface Headed {
  readonly kind: string
  readonly metadata: { readonly name: string }
}

function headOf({ kind, metadata }: Headed, document: YamlDocument): Omit<ValidatedChaos, 'refusals'> {
  return { kind, name: metadata.name, line: document.complaint(['metadata', 'name'], '').line }
}

/** All mistakes of all files at once. */
export function refuseChaosMistakes({ files }: ChaosValidation): void {
  const complaints = files.flatMap(({ mistakes }) => mistakes)
  if (complaints.length === 0) return
  const wrong = files.filter(({ mistakes }) => mistakes.length > 0).length
  const said = `${counted(complaints.length, 'mistakes')} in ${counted(wrong, 'files')}`
  throw new GauntletError('REFUSED', said, { complaints })
}
