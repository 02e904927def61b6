import { pathToFileURL } from 'node:url'

/** The default export of a module; undefined when it has none. Rejects as the module does. */
export async function importDefault(path: string): Promise<unknown> {
  const module: { default?: unknown } = await import(pathToFileURL(path).href)
  return module.default
}
