import type { BodyReader } from './body-reader.ts'
import { type Grammar, HeadParser } from './head-parser.ts'
import { HeldMessage } from './held-message.ts'
import type { Reason, Tally } from './tally.ts'
import type { Treatment } from './treatment.ts'

/** A message whose body must be rewritten is held whole; one that is larger resets its connection. */
export const COLLECT_LIMIT_BYTES = 1024 * 1024

/** Where the messages of one direction go. */
export interface MessageSink {
  send(bytes: Buffer): void
  /** what is sent from now on waits so long */
  hold(delayMs: number): void
  /** nothing follows */
  reset(): void
}

/** How one message is to be read, and what becomes of it. */
export interface Reading {
  readonly body: BodyReader
  readonly treatment: Treatment
  /** nothing of the connection is read any more after it */
  readonly isLast: boolean
}

export interface MessageStreamOptions<Head> {
  readonly grammar: Grammar<Head>
  readonly sink: MessageSink
  readonly tally: Tally
  /** undefined: nothing is read from this message on */
  read(head: Head): Reading | undefined
  /** called once, when nothing is read any more */
  onUntouched(): void
}

type Collect = Extract<Treatment, { kind: 'collect' }>

const NOTHING = Buffer.alloc(0)

/**
 * One direction of a connection: finds its messages and treats each. What is not held goes on at once and byte for
 * byte; what cannot be read goes on so for ever. Tells no time and opens nothing.
 */
export class MessageStream<Head> {
  readonly #options: MessageStreamOptions<Head>
  readonly #heads: HeadParser<Head>
  readonly #held = new HeldMessage()
  #state: 'head' | 'body' | 'untouched' | 'over' = 'head'
  #reading: Reading | undefined
  #collect: Collect | undefined
  #mustStop = false
  #chunk: Buffer = NOTHING
  /** up to where the chunk is read, and up to where it was sent or held */
  #at = 0
  #done = 0

  constructor(options: MessageStreamOptions<Head>) {
    this.#options = options
    this.#heads = new HeadParser(options.grammar)
  }

  send(chunk: Buffer): void {
    this.#chunk = chunk
    this.#at = 0
    this.#done = 0
    while (this.#at < chunk.length && this.#state !== 'over') {
      if (this.#state === 'head') this.#readHead()
      else if (this.#state === 'body') this.#readBody()
      else this.#at = chunk.length
    }
    this.#passUpTo(chunk.length)
    this.#chunk = NOTHING
  }

  /** Leaves with the message that is being read: the other direction is no longer HTTP. */
  stop(): void {
    if (this.#state === 'head') this.#leave()
    else this.#mustStop = true
  }

  /** No more comes in this direction. */
  end(): void {
    if (this.#state === 'body' && this.#reading?.body.endsWithStream === true) this.#finishMessage()
    this.release()
  }

  /** All that is held goes on as it came. */
  release(): void {
    if (this.#collect === undefined) this.#releaseHeld()
    else this.#spare('cut-short')
  }

  #readHead(): void {
    const from = this.#at
    const read = this.#heads.read(this.#chunk, from)
    this.#at = read.kind === 'head' ? read.next : this.#chunk.length
    if (read.kind === 'more') this.#holdFrom(from)
    else this.#begin(read.kind === 'head' ? this.#options.read(read.head) : undefined, from)
  }

  #begin(reading: Reading | undefined, from: number): void {
    if (reading === undefined) {
      this.#leave()
      return
    }
    this.#reading = reading
    this.#state = 'body'
    this.#treat(reading.treatment, from)
    if (reading.body.state === 'complete') this.#finishMessage()
  }

  #treat(treatment: Treatment, from: number): void {
    switch (treatment.kind) {
      case 'pass':
        this.#releaseHeld()
        break
      case 'not-applied':
        this.#spare(treatment.reason)
        break
      case 'reset':
        this.#options.tally.applied += 1
        this.#passUpTo(from)
        this.#reset()
        break
      case 'hold':
        this.#hold(treatment, from)
        break
      case 'collect':
        this.#collect = treatment
        this.#holdFrom(from)
        break
      default:
        treatment satisfies never
    }
  }

  #hold({ delayMs, head }: Extract<Treatment, { kind: 'hold' }>, from: number): void {
    const { sink, tally } = this.#options
    tally.applied += 1
    this.#passUpTo(from)
    if (delayMs > 0) sink.hold(delayMs)
    if (head === undefined) this.#releaseHeld()
    else {
      this.#held.clear()
      this.#done = this.#at
      sink.send(head)
    }
  }

  #readBody(): void {
    const { body } = this.#reading!
    const from = this.#at
    this.#at = body.read(this.#chunk, from, this.#takeContent)
    if (this.#collect !== undefined) this.#holdFrom(from)
    if (this.#collect !== undefined && this.#held.bytes > COLLECT_LIMIT_BYTES) {
      this.#options.tally.tooLarge += 1
      this.#reset()
    } else if (body.state === 'malformed') this.#leave()
    else if (body.state === 'complete') this.#finishMessage()
  }

  readonly #takeContent = (part: Buffer): void => {
    if (this.#collect !== undefined) this.#held.addContent(part)
  }

  #finishMessage(): void {
    if (this.#state === 'over') return
    if (this.#collect !== undefined) this.#sendCollected(this.#collect)
    const isLast = this.#mustStop || this.#reading?.isLast === true
    this.#reading = undefined
    this.#state = 'head'
    if (isLast) this.#leave()
  }

  #sendCollected({ delayMs, rewrite }: Collect): void {
    const { sink, tally } = this.#options
    const rewritten = rewrite(this.#held.content)
    if (typeof rewritten === 'string') this.#spare(rewritten)
    else {
      tally.applied += 1
      this.#forgetHeld()
      if (delayMs > 0) sink.hold(delayMs)
      sink.send(rewritten)
    }
  }

  /** The message passes as it came, though the rule was meant for it. */
  #spare(reason: Reason): void {
    this.#options.tally.notApplied[reason] += 1
    this.#releaseHeld()
  }

  #reset(): void {
    this.#forgetHeld()
    this.#state = 'over'
    this.#options.sink.reset()
  }

  /** Nothing is read any more: what is held goes on, and all that comes. */
  #leave(): void {
    this.release()
    this.#state = 'untouched'
    this.#options.onUntouched()
  }

  #passUpTo(end: number): void {
    if (end > this.#done && this.#state !== 'over')
      this.#options.sink.send(this.#chunk.subarray(this.#done, end))
    this.#done = end
  }

  #holdFrom(from: number): void {
    this.#passUpTo(from)
    this.#held.add(this.#chunk.subarray(from, this.#at))
    this.#done = this.#at
  }

  #releaseHeld(): void {
    const held = this.#held.take()
    this.#collect = undefined
    if (held !== undefined) this.#options.sink.send(held)
  }

  #forgetHeld(): void {
    this.#held.clear()
    this.#collect = undefined
  }
}
