import { type Framing, requestFraming, responseFraming } from './body-framing.ts'
import { framedBody } from './framed-body.ts'
import { beginsWithRequestLine, REQUEST, RESPONSE } from './head-parser.ts'
import type { RequestHead, ResponseHead } from './message.ts'
import { type MessageSink, MessageStream, type Reading } from './message-stream.ts'
import { matchesRequest, matchesResponse, type Rule } from './rule.ts'
import type { Tally } from './tally.ts'
import { treatRequest, treatResponse } from './treatment.ts'

/** Requests on one connection that wait for their answers; with more, nothing of it is read any more. */
const UNANSWERED_LIMIT = 1024

export interface HttpConnectionOptions {
  readonly rule: Rule
  readonly tally: Tally
  /** 0 ≤ x < 1, one for each message that matches */
  random(): number
  readonly requests: MessageSink
  readonly responses: MessageSink
  /** bytes have flowed before us: nothing is read until a chunk from the client begins with a request line */
  readonly isUnderWay: boolean
}

/** What flows one way. */
export interface Direction {
  send(chunk: Buffer): void
  /** no more comes this way */
  end(): void
  /** all that is held goes on as it came; nothing may follow */
  release(): void
}

/** One rule on one connection: what it does to the requests, and to the answers, which it pairs with them. */
export class HttpConnection {
  readonly fromClient: Direction
  readonly fromServer: Direction
  readonly #options: HttpConnectionOptions
  readonly #requests: MessageStream<RequestHead>
  readonly #responses: MessageStream<ResponseHead>
  readonly #unanswered: RequestHead[] = []
  #isWaiting: boolean
  #isUntouched = false
  /** the client spoke last, so that what it says now may be the rest of a body */
  #clientSpokeLast = false

  constructor(options: HttpConnectionOptions) {
    this.#options = options
    this.#isWaiting = options.isUnderWay
    this.#requests = new MessageStream({
      grammar: REQUEST,
      sink: options.requests,
      tally: options.tally,
      read: (head) => this.#readRequest(head),
      onUntouched: () => this.#noteUntouched(),
    })
    this.#responses = new MessageStream({
      grammar: RESPONSE,
      sink: options.responses,
      tally: options.tally,
      read: (head) => this.#readResponse(head),
      onUntouched: () => {
        this.#noteUntouched()
        this.#requests.stop()
      },
    })
    const [requests, responses] = [this.#requests, this.#responses]
    this.fromClient = {
      send: (chunk) => this.#fromClient(chunk),
      end: () => requests.end(),
      release: () => requests.release(),
    }
    this.fromServer = {
      send: (chunk) => this.#fromServer(chunk),
      end: () => responses.end(),
      release: () => responses.release(),
    }
  }

  #fromClient(chunk: Buffer): void {
    if (this.#isWaiting && !this.#clientSpokeLast) this.#isWaiting = !beginsWithRequestLine(chunk)
    this.#clientSpokeLast = true
    if (this.#isWaiting) this.#options.requests.send(chunk)
    else this.#requests.send(chunk)
  }

  #fromServer(chunk: Buffer): void {
    this.#clientSpokeLast = false
    if (this.#isWaiting) this.#options.responses.send(chunk)
    else this.#responses.send(chunk)
  }

  #readRequest(head: RequestHead): Reading | undefined {
    const { rule } = this.#options
    const framing = requestFraming(head)
    if (framing === undefined || this.#unanswered.length >= UNANSWERED_LIMIT) return undefined
    this.#unanswered.push(head)
    if (rule.target !== 'Request') return asItCame(framing)
    const isHit = this.#count(matchesRequest(rule, head))
    return { ...asItCame(framing), ...(isHit && { treatment: treatRequest(head, framing, rule) }) }
  }

  #readResponse(head: ResponseHead): Reading | undefined {
    const { rule } = this.#options
    const [request] = this.#unanswered
    const framing = request && responseFraming(head, request.method)
    if (request === undefined || framing === undefined) return undefined
    // 100 and 103 come before the answer, and are not it.
    const isInterim = head.code < 200 && head.code !== 101
    if (!isInterim) this.#unanswered.shift()
    if (isInterim || rule.target !== 'Response') return asItCame(framing)
    const isHit = this.#count(matchesResponse(rule, request, head))
    const answer = { head, framing, method: request.method }
    return { ...asItCame(framing), ...(isHit && { treatment: treatResponse(answer, rule) }) }
  }

  /** Counts a message of the rule's target; true when it matches and its share falls on it. */
  #count(matches: boolean): boolean {
    const { rule, tally, random } = this.#options
    tally.messages += 1
    if (!matches) return false
    tally.matched += 1
    const isHit = random() < rule.shareRatio
    if (!isHit) tally.spared += 1
    return isHit
  }

  #noteUntouched(): void {
    if (!this.#isUntouched) this.#options.tally.untouched += 1
    this.#isUntouched = true
  }
}

function asItCame(framing: Framing): Reading {
  return { body: framedBody(framing), treatment: { kind: 'pass' }, isLast: framing.kind === 'tunnel' }
}
