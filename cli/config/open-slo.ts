import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseOpenSlo, type Shelf, shelve } from '../../slo/model/index.ts'
import { filesIn } from './files-in.ts'

export interface OpenSloShelf extends Shelf {
  /** of all SLOs, also of broken files: a name is not unknown because its file has a mistake */
  readonly names: readonly string[]
}

/** What a project promises: all its `*.slo.yaml`, and what these name. */
export async function readOpenSlo(root: string, folders: readonly string[]): Promise<OpenSloShelf> {
  const paths = await filesIn(root, folders, (name) => ENDING.test(name))
  const files = await Promise.all(
    paths.map(async (path) => parseOpenSlo(await readFile(resolve(root, path), 'utf8'), path)),
  )
  const shelf = shelve(files)
  const unreadable = files.filter(({ written }) => written.length === 0)
  const nameless = unreadable.map(({ file }) => basename(file).replace(ENDING, ''))
  return { ...shelf, names: [...shelf.library.names('SLO'), ...nameless] }
}

const ENDING = /\.slo\.ya?ml$/
