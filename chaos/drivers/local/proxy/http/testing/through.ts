import { Compile } from 'typebox/compile'
import { HttpConnection } from '../http-connection.ts'
import type { MessageSink } from '../message-stream.ts'
import { toRule } from '../rule.ts'
import { RuleAttributes } from '../rule-schema.ts'
import { newTally, type Tally } from '../tally.ts'

const schema = Compile(RuleAttributes)

export interface Flow {
  readonly toServer: string
  readonly toClient: string
  /** ms of each hold, of both directions */
  readonly holds: readonly number[]
  readonly isReset: boolean
  readonly counts: Tally
}

export interface Traffic {
  readonly fromClient: readonly string[]
  readonly fromServer?: readonly string[]
  /** what the client says then */
  readonly fromClientThen?: readonly string[]
  readonly isUnderWay?: boolean
  /** false: both sides may say more */
  readonly ends?: boolean
  readonly random?: () => number
}

/** What one rule lets through: all that the client says in these chunks, then the server, then the client again. */
export function through(attributes: object, traffic: Traffic): Flow {
  const {
    fromClient,
    fromServer = [],
    fromClientThen = [],
    isUnderWay = false,
    ends = true,
    random = () => 0,
  } = traffic
  const rule = { target: 'Request', share: 1, ...attributes }
  if (!schema.Check(rule)) throw new Error(`no rule: ${JSON.stringify(schema.Errors(rule))}`)
  const [toServer, toClient, tally] = [memory(), memory(), newTally()]
  const connection = new HttpConnection({
    ...{ rule: toRule(rule), tally, random, isUnderWay, requests: toServer, responses: toClient },
  })
  for (const chunk of fromClient) connection.fromClient.send(Buffer.from(chunk, 'latin1'))
  for (const chunk of fromServer) connection.fromServer.send(Buffer.from(chunk, 'latin1'))
  for (const chunk of fromClientThen) connection.fromClient.send(Buffer.from(chunk, 'latin1'))
  if (ends) connection.fromClient.end()
  if (ends) connection.fromServer.end()
  return {
    toServer: toServer.text,
    toClient: toClient.text,
    holds: [...toServer.holds, ...toClient.holds],
    isReset: toServer.isReset || toClient.isReset,
    counts: tally,
  }
}

interface Memory extends MessageSink {
  text: string
  holds: number[]
  isReset: boolean
}

function memory(): Memory {
  return {
    text: '',
    holds: [],
    isReset: false,
    send(bytes) {
      this.text += bytes.toString('latin1')
    },
    hold(delayMs) {
      this.holds.push(delayMs)
    },
    reset() {
      this.isReset = true
    },
  }
}

/** The same text in pieces, cut at these shares of its length. */
export function cut(text: string, shares: readonly number[]): string[] {
  const ends = [...shares.map((share) => Math.floor(share * text.length)), text.length].sort((a, b) => a - b)
  return ends.map((end, at) => text.slice(ends[at - 1] ?? 0, end)).filter((piece) => piece !== '')
}
