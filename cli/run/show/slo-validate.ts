import { GauntletError } from '../../../reports/run/index.ts'
import { type Library, type Shelf, shelve, type Written } from '../../../slo/model/index.ts'
import { loadProject } from '../../config/load-config.ts'
import { readOpenSlo } from '../../config/open-slo.ts'
import { readSloFiles } from './slo-files.ts'
import { describeObject } from './slo-words.ts'
import type { ValidatedObject, Validation } from './validation.ts'

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
