import { validateHeaderName, validateHeaderValue } from 'node:http'
import { Type } from 'typebox'
import { parseDuration, type Target } from '../../../reports/run/index.ts'
import { HttpProbe } from '../planned-probe.ts'
import { type Mistake, type ProbeKind, SomeTime } from '../probe-kind.ts'
import { shownUrl, withoutSecrets } from '../shown.ts'
import { exchange } from './http-exchange.ts'
import { exactlyOne, notDescribed } from './ways.ts'

const HttpSettings = Type.Object(
  {
    method: Type.Optional(Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])),
    url: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'an address that begins with http' }),
    ),
    address: Type.Optional(Type.String({ description: 'one of the addresses of the target' })),
    path: Type.Optional(
      Type.String({ pattern: '^/', description: 'a path below the address, such as /health' }),
    ),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(Type.Unknown({ description: 'text as it is, anything else as JSON' })),
    tokenFile: Type.Optional(
      Type.String({ description: 'a file whose content is sent as the bearer token, read at each question' }),
    ),
    timeout: Type.Optional(SomeTime),
  },
  { additionalProperties: false, description: 'a request; redirects are not followed' },
)

/** One request over a connection of its own, so that a connection kept from before hides nothing. */
export const httpKind: ProbeKind<typeof HttpSettings, HttpProbe> = {
  kind: 'http',
  settings: HttpSettings,
  planned: HttpProbe,
  fields: ['status', 'latencyMs', 'headers', 'body'],
  normal: { min: 200, max: 299 },
  mistakes: (settings) => [
    ...exactlyOne(settings, ['url', 'address']),
    ...(settings.url === undefined ? [] : mistakesOfUrl(settings.url, settings.path)),
    ...Object.entries(settings.headers ?? {}).flatMap(mistakesOfHeader),
  ],
  plan: ({ method = 'GET', timeout = '5s', ...settings }, head) => ({
    ...head,
    kind: 'http',
    method,
    ...settings,
    timeoutMs: parseDuration(timeout) ?? 0,
  }),
  outOfReach: ({ address }, { target }) =>
    address === undefined ? undefined : notDescribed('HTTP address', address, httpAddresses(target), target),
  subject: ({ method, url, address, path }) => {
    if (url !== undefined) return `${method} ${shownUrl(url)}`
    return path === undefined
      ? `${method} ${address}`
      : `${method} ${path.replace(/\?.*/, '?…')} of ${address}`
  },
  ask: async (probe, { target, context, signal }) => {
    const url = urlOf(probe, target)
    if (url === undefined) return { silent: `${target.name} describes no HTTP address ${probe.address}` }
    const startUs = context.clock.nowUs()
    const reply = await exchange({ ...probe, url }, { folder: context.projectRoot, signal })
    if ('silent' in reply) return reply
    const latencyMs = (context.clock.nowUs() - startUs) / 1000
    return { fields: { ...reply, headers: withoutSecrets(reply.headers), latencyMs } }
  },
}

function mistakesOfUrl(url: string, path: string | undefined): Mistake[] {
  if (!URL.canParse(url)) return [{ path: ['url'], message: 'this is no address that can be asked' }]
  return path === undefined
    ? []
    : [{ path: ['path'], message: 'a path beside a url', hint: 'add it to the url' }]
}

function mistakesOfHeader([name, value]: [string, string]): Mistake[] {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return []
  } catch {
    return [{ path: ['headers', name], message: `${name} with this value can be no header` }]
  }
}

const httpAddresses = ({ addresses }: Target): string[] =>
  Object.keys(addresses).filter((name) => addresses[name]?.startsWith('http'))

function urlOf({ url, address = '', path }: HttpProbe, { addresses }: Target): string | undefined {
  const base = addresses[address]
  if (url !== undefined || !base?.startsWith('http')) return url
  return path === undefined ? base : base.replace(/\/$/, '') + path
}
