import type { Proxies } from '../proxies.ts'

export interface Request {
  readonly proxies: Proxies
  /** what stands in the place of `{proxy}` and `{toxic}` */
  readonly names: Readonly<Record<string, string>>
  /** the body */
  readonly text: string
}

export interface Reply {
  readonly status: number
  /** an object is sent as JSON; left out: no body */
  readonly body?: object | string
}

export interface Route {
  readonly methods: readonly string[]
  /** `/proxies/{proxy}` */
  readonly path: string
  /** throws an ApiError to refuse */
  answer(request: Request): Reply | Promise<Reply>
}

/** The route of a request with the names in its path, or the status that says why there is none. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly names: Record<string, string> } | 404 | 405 {
  const here = routes.flatMap((route) => {
    const names = namesIn(path, route.path)
    return names === undefined ? [] : [{ route, names }]
  })
  if (here.length === 0) return 404
  return here.find(({ route }) => route.methods.includes(method)) ?? 405
}

function namesIn(path: string, pattern: string): Record<string, string> | undefined {
  const [given, wanted] = [path.split('/'), pattern.split('/')]
  if (given.length !== wanted.length) return undefined
  const names: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (!part.startsWith('{')) {
      if (value !== part) return undefined
    } else if (value === '') return undefined
    else names[part.slice(1, -1)] = decoded(value)
  }
  return names
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
