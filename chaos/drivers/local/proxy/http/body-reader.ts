export type BodyState = 'open' | 'complete' | 'malformed'

/** Finds the end of one body in chunks that are cut anywhere. */
export interface BodyReader {
  /** reads what belongs to the body, gives where it stopped; what the body says goes to `content` */
  read(chunk: Buffer, from: number, content: (part: Buffer) => void): number
  readonly state: BodyState
  /** the end of the connection is the end of the body */
  readonly endsWithStream: boolean
}
