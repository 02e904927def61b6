import { Compile } from 'typebox/compile'
import { GauntletError } from '../../../../reports/run/index.ts'
import { type JsonReply, type JsonRequest, type Load, wrongBody } from '../carrier/index.ts'
import { StressWanted } from './model.ts'
import type { Stress } from './stress.ts'

const wantedShape = Compile(StressWanted)

/** The HTTP face of stress: GET /stress says what is, PUT /stress what shall be. */
export function stressLoad(stress: Stress): Load {
  const put = async (body: unknown): Promise<JsonReply> => {
    if (!wantedShape.Check(body)) return wrongBody(wantedShape, body)
    try {
      await stress.want(body)
    } catch (cause) {
      return { status: 409, body: refusal(cause) }
    }
    return { status: 200, body: await stress.see() }
  }
  return {
    answer: async ({ method, path, body }: JsonRequest) => {
      if (path !== '/stress') return { status: 404, body: { error: `there is no ${path}, only /stress` } }
      if (method === 'GET') return { status: 200, body: await stress.see() }
      if (method === 'PUT') return put(body)
      return { status: 405, body: { error: `${method} is not understood, only GET and PUT` } }
    },
    takeBack: () => stress.want({}),
  }
}

function refusal(cause: unknown): { readonly error: string; readonly hint?: string } {
  if (cause instanceof GauntletError && cause.hint !== undefined)
    return { error: cause.message, hint: cause.hint }
  return { error: cause instanceof Error ? cause.message : String(cause) }
}
