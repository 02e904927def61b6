import { type Complaint, GauntletError } from '../../reports/run/index.ts'
import {
  type Kind,
  type Library,
  type OpenReference,
  type Shelf,
  shelve,
  type Written,
} from '../../slo/model/index.ts'
import { loadProject } from '../config/load-config.ts'
import { readOpenSlo } from '../config/open-slo.ts'
import { readSloFiles } from './slo-files.ts'
import { describeObject } from './slo-words.ts'

/** What `slo validate --json` prints. */
export interface Validation {
  readonly schema: 'gauntlet/slo-validate/1'
  readonly files: readonly ValidatedFile[]
}

export interface ValidatedFile {
  readonly file: string
  readonly objects: readonly ValidatedObject[]
  readonly mistakes: readonly Complaint[]
  /** names that stand in no file that was read */
  readonly open: readonly OpenReference[]
}

export interface ValidatedObject {
  readonly kind: Kind
  readonly name: string
  readonly line: number
  /** of an SLO its promises, one for each objective; of others one line of what it is */
  readonly says: readonly string[]
  /** of an SLO: why it cannot be judged here, although it is right */
  readonly unjudged: string | null
}

/** Checks files of OpenSLO together; what they name may also stand in the project's catalogue. */
export async function validateSlo(
  paths: readonly string[],
  { cwd, config }: { cwd: string; config: string | undefined },
): Promise<Validation> {
  const files = await readSloFiles(paths, cwd)
  const shelf = shelve(files, await projectLibrary(cwd, config))
  return {
    schema: 'gauntlet/slo-validate/1',
    files: files.map(({ file, written }) => ({
      file,
      objects: written.map((one) => validated(one, shelf)),
      mistakes: shelf.complaints.filter((one) => one.file === file),
      open: shelf.open.filter((one) => one.file === file),
    })),
  }
}

/** None without a project: files can be checked anywhere. */
async function projectLibrary(cwd: string, config: string | undefined): Promise<Library | undefined> {
  try {
    const project = await loadProject(cwd, config)
    const { library } = await readOpenSlo(project.root, project.config.content?.objectives ?? [])
    return library
  } catch (error) {
    if (config === undefined && error instanceof GauntletError && error.code === 'NO_CONFIG') return undefined
    throw error
  }
}

function validated(written: Written, shelf: Shelf): ValidatedObject {
  const { kind, name, document } = written
  const { line } = document.complaint(['metadata', 'name'], '')
  return { kind, name, line, ...describeObject(written, shelf.slos.get(name)) }
}

/** All mistakes of all files at once. */
export function refuseMistakes({ files }: Validation): void {
  const complaints = files.flatMap(({ mistakes }) => mistakes)
  if (complaints.length === 0) return
  const wrong = files.filter(({ mistakes }) => mistakes.length > 0).length
  throw new GauntletError(
    'REFUSED',
    `${complaints.length === 1 ? '1 mistake' : `${complaints.length} mistakes`} in ${wrong === 1 ? '1 file' : `${wrong} files`}`,
    { complaints },
  )
}
