import { Compile } from 'typebox/compile'
import { BadAttributes } from '../define-toxic.ts'
import { delayed } from '../delayed.ts'
import type { Stage, ToxicKind, Wire } from '../toxic.ts'
import { type Direction, HttpConnection } from './http-connection.ts'
import type { MessageSink } from './message-stream.ts'
import { type Rule, toRule } from './rule.ts'
import { RuleAttributes } from './rule-schema.ts'
import { newTally, type Tally } from './tally.ts'

/** While messages are held no more than this is read ahead, in each direction of a connection. */
const HELD_LIMIT_BYTES = 256 * 1024

const schema = Compile(RuleAttributes)
const KNOWN = Object.keys(RuleAttributes.properties)
const DEFAULTS = { target: 'Request', share: 1 }

/**
 * One rule on the HTTP/1 messages that flow through; see rule-schema.ts for its attributes. Beside them the API shows
 * `counts`, which begin anew when the rule is changed. Which stream the toxic is added to means nothing: `target` does.
 */
export const http: ToxicKind = {
  type: 'http',
  configure: (given = {}, earlier = {}) => {
    if (typeof given !== 'object' || given === null) throw new BadAttributes('attributes must be an object')
    const all = Object.entries({ ...DEFAULTS, ...earlier, ...given })
    const attributes: unknown = Object.fromEntries(all.filter(([name]) => KNOWN.includes(name)))
    if (!schema.Check(attributes)) throw new BadAttributes(complaint(schema.Errors(attributes)))
    const rule = toRule(attributes)
    const tally = newTally()
    return { attributes: { ...attributes, counts: tally }, open: (wire) => openStage(wire, rule, tally) }
  },
}

function complaint([first]: readonly { instancePath: string; message: string }[]): string {
  return `attributes${first?.instancePath} ${first?.message}`
}

function openStage(wire: Wire, rule: Rule, tally: Tally): Stage {
  const back: Wire = { ...wire, ...wire.opposite, opposite: wire }
  const isUpstream = wire.stream === 'upstream'
  const toServer = lineTo(isUpstream ? wire : back)
  const toClient = lineTo(isUpstream ? back : wire)
  const { fromClient, fromServer } = new HttpConnection({
    ...{ rule, tally, requests: toServer, responses: toClient },
    random: wire.random(rule.seed),
    // The wire does not say whether bytes have flowed before us, so they may have.
    isUnderWay: true,
  })
  return isUpstream
    ? stage(fromClient, toServer, stage(fromServer, toClient))
    : stage(fromServer, toClient, stage(fromClient, toServer))
}

interface HoldingLine extends MessageSink {
  readonly line: Stage
}

/** Bytes wait for as long as the latest `hold` before them says, one hold after the other. */
function lineTo(wire: Wire): HoldingLine {
  let dueMs = 0
  const line = delayed(wire, { dueMs: () => dueMs, limitBytes: HELD_LIMIT_BYTES })
  return {
    line,
    send: (bytes) => line.send(bytes),
    hold: (delayMs) => {
      dueMs = Math.max(dueMs, wire.nowMs()) + delayMs
    },
    reset: () => wire.reset(),
  }
}

function stage({ send, end, release }: Direction, { line }: HoldingLine, opposite?: Stage): Stage {
  return {
    ...(opposite && { opposite }),
    send,
    end: () => {
      end()
      line.end()
    },
    release: () => {
      release()
      line.release()
    },
    drop: () => line.drop(),
    get isFull() {
      return line.isFull
    },
  }
}
