import type { ActiveToxic } from '../active-toxic.ts'
import type { TcpProxy } from '../proxy.ts'

/** A toxic as the API shows it. */
export function shownToxic({ settings, name, kind, stream, toxicity }: ActiveToxic): object {
  return { attributes: settings.attributes, name, type: kind.type, stream, toxicity }
}

export function shownProxy({ name, addresses, isEnabled, toxics }: TcpProxy): object {
  return { name, ...addresses, enabled: isEnabled, toxics: toxics.map(shownToxic) }
}
