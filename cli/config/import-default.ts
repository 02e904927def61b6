import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const OURSELVES = new URL('../api.ts', import.meta.url).href

// What a project's files import from 'gauntlet' is the gauntlet that reads them, installed beside them or not.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'gauntlet' ? { url: OURSELVES, shortCircuit: true } : next(specifier, context),
})

/** The default export of a module; undefined when it has none. Rejects as the module does. */
export async function importDefault(path: string): Promise<unknown> {
  const module: { default?: unknown } = await import(pathToFileURL(path).href)
  return module.default
}

/** `FILE:LINE:COLUMN` of what a module threw, or of what is wrong with its syntax, where its stack says so. */
export function whereThrown(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || ('code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'))
    return undefined
  const { stack = '' } = cause
  return /(?:file:\/\/)?(?<place>\/[^\s()]+?\.[cm]?[tj]s:\d+(?::\d+)?)/.exec(stack)?.groups?.['place']
}
