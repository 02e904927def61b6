import type { ActiveToxic } from '../active-toxic.ts'
import { BadAttributes } from '../define-toxic.ts'
import { Effect } from '../effect.ts'
import type { Settings, Stream, ToxicKind } from '../toxic.ts'
import { TOXIC_KINDS } from '../toxics/index.ts'
import { badRequestBody, invalidStream, invalidToxicType, toxicExists, toxicNotFound } from './api-error.ts'
import { readToxic } from './bodies.ts'
import { proxyOf } from './proxy-routes.ts'
import type { Request, Route } from './route.ts'
import { shownToxic } from './shown.ts'

export const TOXIC_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/proxies/{proxy}/toxics', answer: list },
  { methods: ['POST'], path: '/proxies/{proxy}/toxics', answer: create },
  { methods: ['GET'], path: '/proxies/{proxy}/toxics/{toxic}', answer: show },
  { methods: ['GET'], path: '/proxies/{proxy}/toxics/{toxic}/effect', answer: showEffect },
  { methods: ['POST', 'PATCH'], path: '/proxies/{proxy}/toxics/{toxic}', answer: update },
  { methods: ['DELETE'], path: '/proxies/{proxy}/toxics/{toxic}', answer: remove },
]

function list(request: Request) {
  return { status: 200, body: proxyOf(request).toxics.map(shownToxic) }
}

function show(request: Request) {
  return { status: 200, body: shownToxic(toxicOf(request)) }
}

/** Ours, beyond Toxiproxy: what the toxic did to what came, and its own counts where it has some. */
function showEffect(request: Request) {
  const { effect, settings } = toxicOf(request)
  const { counts } = settings.attributes
  return { status: 200, body: { ...effect.shown, ...(counts === undefined ? {} : { counts }) } }
}

function create(request: Request) {
  const proxy = proxyOf(request)
  const { type = '', stream = 'downstream', toxicity = 1, attributes, ...given } = readToxic(request.text)
  if (!isStream(stream)) throw invalidStream()
  const kind = TOXIC_KINDS.get(type)
  if (kind === undefined) throw invalidToxicType()
  const name = given.name || `${type}_${stream}`
  if (proxy.toxics.some((toxic) => toxic.name === name)) throw toxicExists()
  const order = 1 + Math.max(0, ...proxy.toxics.map((toxic) => toxic.order))
  const settings = configured(kind, attributes)
  const toxic = { name, kind, stream, toxicity, settings, order, effect: new Effect() }
  proxy.add(toxic)
  return { status: 200, body: shownToxic(toxic) }
}

/** Only attributes and toxicity change; what is not given stays. */
function update(request: Request) {
  const { attributes, toxicity } = readToxic(request.text)
  const before = toxicOf(request)
  const settings = configured(before.kind, attributes, before.settings.attributes)
  const toxic = { ...before, toxicity: toxicity ?? before.toxicity, settings, effect: new Effect() }
  proxyOf(request).replace(toxic)
  return { status: 200, body: shownToxic(toxic) }
}

async function remove(request: Request) {
  await proxyOf(request).remove(toxicOf(request))
  return { status: 204 }
}

function toxicOf(request: Request): ActiveToxic {
  const toxic = proxyOf(request).toxics.find(({ name }) => name === request.names['toxic'])
  if (toxic === undefined) throw toxicNotFound()
  return toxic
}

function configured(kind: ToxicKind, given: unknown, earlier?: Settings['attributes']): Settings {
  try {
    return kind.configure(given, earlier)
  } catch (error) {
    throw error instanceof BadAttributes ? badRequestBody(error.message) : error
  }
}

function isStream(text: string): text is Stream {
  return text === 'upstream' || text === 'downstream'
}
