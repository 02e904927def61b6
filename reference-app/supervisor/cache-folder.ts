import path from 'node:path'
import { homeFolder, openFolder } from './data-folder.ts'

/**
 * Where the copy of PostgreSQL, the built page and Node's compile cache lie: in the home that all Plazas of this
 * user share, or in the chosen data folder when there is no home to write to.
 */
export function openCache(data: string | undefined): string {
  try {
    return openFolder(homeFolder())
  } catch (error) {
    if (data === undefined) throw error
    return openFolder(path.resolve(data, 'cache'))
  }
}
