import { Compile } from 'typebox/compile'
import type { Http, HttpReply } from './context.ts'
import { GauntletError } from './errors.ts'
import { said } from './http-reply.ts'
import type { RequestUndo } from './journal.ts'
import { Fact, Target } from './target.ts'

/** What the harness may ask of a target that offers control; see the target's description. */
export interface Control {
  /** read again before each act: pids change */
  describe(): Promise<Target>
  /** rows of a fact for ids accepted at or after that moment */
  fact(name: string, sinceUs: number): Promise<Fact>
  /** the reply says whether it was taken */
  send(request: RequestUndo): Promise<HttpReply>
  switchRequest(name: string, on: boolean): RequestUndo
  runRequest(processName: string, desired: 'running' | 'stopped'): RequestUndo
  /** `via`: the `host:port` through which a link is led; null: straight to its end */
  routeRequest(link: string, via: string | null): RequestUndo
}

export function controlOf(target: Target, http: Http): Control | undefined {
  const { control } = target
  if (control === undefined) return undefined
  const { url, tokenFile } = control
  const isTarget = Compile(Target)
  const isFact = Compile(Fact)
  const put = (path: string, body: unknown, does: string): RequestUndo => ({
    method: 'PUT',
    url: `${url}${path}`,
    tokenFile,
    body,
    does,
  })
  const get = async (path: string): Promise<unknown> => {
    const reply = await http.send({ url: `${url}${path}`, tokenFile, timeoutMs: 10_000 })
    if (reply.status === 200) return reply.body
    throw new GauntletError(
      'CONTROL_SILENT',
      `the target's control did not answer GET ${path}: ${said(reply)}`,
      {
        hint: `is the target still running, and does ${tokenFile} hold its token?`,
        exit: 'machinery',
      },
    )
  }
  return {
    describe: async () => shaped(await get('/describe'), isTarget, 'description'),
    fact: async (name, sinceUs) =>
      shaped(await get(`/facts/${encodeURIComponent(name)}?sinceUs=${sinceUs}`), isFact, `fact ${name}`),
    send: (request) => http.send({ ...request, timeoutMs: 10_000 }),
    switchRequest: (name, on) =>
      put(`/switches/${encodeURIComponent(name)}`, { on }, `turn the switch ${name} ${on ? 'on' : 'off'}`),
    runRequest: (name, desired) =>
      put(
        `/processes/${encodeURIComponent(name)}`,
        { desired },
        `${desired === 'running' ? 'start' : 'stop'} the process ${name}`,
      ),
    routeRequest: (link, via) =>
      put(
        `/links/${encodeURIComponent(link)}`,
        { via },
        `lead ${link} ${via === null ? 'straight' : `through ${via}`}`,
      ),
  }
}

interface Shape<Value> {
  Check(value: unknown): value is Value
  Errors(value: unknown): readonly { instancePath: string; message: string }[]
}

function shaped<Value>(value: unknown, shape: Shape<Value>, what: string): Value {
  if (shape.Check(value)) return value
  const [first] = shape.Errors(value)
  throw new GauntletError(
    'CONTROL_SHAPE',
    `the target's ${what} is not as agreed: ${first?.instancePath} ${first?.message}`,
    {
      hint: 'reports/run/target.schema.json says how it must look',
      exit: 'machinery',
    },
  )
}
