import { Compile } from 'typebox/compile'
import { type JsonReply, type JsonRequest, type Load, wrongBody } from '../carrier/index.ts'
import { ResolverWanted } from './model.ts'
import type { Resolver } from './resolver.ts'

const wantedShape = Compile(ResolverWanted)

/**
 * The HTTP face of the resolver: GET /resolver says what is and what was counted, PUT /resolver what shall be, and
 * DELETE /resolver that nobody is led to it any more.
 */
export function resolverLoad(resolver: Resolver): Load {
  const seen = (): JsonReply => ({ status: 200, body: resolver.see() })
  const put = (body: unknown): JsonReply => {
    if (!wantedShape.Check(body)) return wrongBody(wantedShape, body)
    resolver.want(body)
    return seen()
  }
  return {
    answer: async ({ method, path, body }: JsonRequest) => {
      if (path !== '/resolver') return { status: 404, body: { error: `there is no ${path}, only /resolver` } }
      if (method === 'GET') return seen()
      if (method === 'PUT') return put(body)
      if (method === 'DELETE') {
        resolver.letGo()
        return seen()
      }
      return { status: 405, body: { error: `${method} is not understood, only GET, PUT and DELETE` } }
    },
    takeBack: async () => resolver.takeBack(),
  }
}
