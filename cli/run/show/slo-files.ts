import { existsSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GauntletError } from '../../../reports/run/index.ts'
import { type OpenSloFile, parseOpenSlo } from '../../../slo/model/index.ts'
import { shownAs } from './shown-as.ts'

/** Reads files of OpenSLO, and those that lie in folders. */
export async function readSloFiles(paths: readonly string[], cwd: string): Promise<OpenSloFile[]> {
  const files = await Promise.all(paths.map((path) => sloFilesAt(path, cwd)))
  return Promise.all(
    [...new Set(files.flat())].map(async (file) =>
      parseOpenSlo(await readFile(file, 'utf8'), shownAs(file, cwd)),
    ),
  )
}

async function sloFilesAt(path: string, cwd: string): Promise<string[]> {
  const given = resolve(cwd, path)
  if (!existsSync(given))
    throw new GauntletError('NO_FILE', `there is no ${path}`, {
      hint: 'name OpenSLO files, or folders with such',
    })
  if (!statSync(given).isDirectory()) return [given]
  const found = await Promise.all(
    (await yamlBelow(given)).map(async (file) => ({ file, is: await isOpenSlo(file) })),
  )
  const files = found.filter(({ is }) => is).map(({ file }) => file)
  if (files.length > 0) return files.sort()
  throw new GauntletError('NO_FILE', `no file in ${path} holds OpenSLO`, {
    hint: 'such a file ends in .yaml or .yml and says apiVersion: openslo/v1',
  })
}

async function yamlBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return /^(\.|node_modules$)/.test(entry.name) ? [] : yamlBelow(path)
      return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [path] : []
    }),
  )
  return found.flat()
}

/** Also when it has mistakes: asked of its name and its text. */
const isOpenSlo = async (file: string): Promise<boolean> =>
  /\.slo\.ya?ml$/.test(file) ||
  /^[\s-]*["']?apiVersion["']?\s*:\s*["']?openslo/m.test(await readFile(file, 'utf8'))
