/** Why a rule was not applied to a message that matched and was due; the message then passes as it came. */
export type Reason =
  /** its content is encoded, as by gzip: it cannot be patched */
  | 'compressed'
  | 'not-json'
  /** it cannot have a body: the answer to a HEAD, a 204, a 304, a request without one that should be patched */
  | 'no-body'
  /** CONNECT, or the answer that turns the connection into something else: what it says decides how to go on */
  | 'tunnel'
  /** the client waits for the server's word before it sends the body, which we would wait for before the head */
  | 'expects-continue'
  /** a HEAD whose method should be replaced: its client could not read the answer */
  | 'head'
  /** the body did not come to its end, or is not framed as its head says */
  | 'cut-short'

/** What one rule has seen and done since it was set, over all connections; a proof reads it from outside. */
export interface Tally {
  /** messages of the rule's target that were read as HTTP */
  messages: number
  matched: number
  /** matched, but spared by the rule's share */
  spared: number
  applied: number
  notApplied: Record<Reason, number>
  /** bodies to rewrite that were larger than the limit: their connections were reset */
  tooLarge: number
  /** connections of which nothing is read any more: not HTTP/1, malformed, ambiguous or upgraded */
  untouched: number
}

export function newTally(): Tally {
  const notApplied: Record<Reason, number> = {
    compressed: 0,
    'not-json': 0,
    'no-body': 0,
    tunnel: 0,
    'expects-continue': 0,
    head: 0,
    'cut-short': 0,
  }
  return { messages: 0, matched: 0, spared: 0, applied: 0, notApplied, tooLarge: 0, untouched: 0 }
}
