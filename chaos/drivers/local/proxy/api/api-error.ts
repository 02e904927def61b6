import { messageOf } from '../../../../../reports/run/index.ts'
/** What the API answers when it refuses, in Toxiproxy's words and with its status. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export const badRequestBody = (why: string) => new ApiError(400, `bad request body: ${why}`)
export const missingField = (field: string) => new ApiError(400, `missing required field: ${field}`)
export const invalidStream = () =>
  new ApiError(400, 'stream was invalid, can be either upstream or downstream')
export const invalidToxicType = () => new ApiError(400, 'invalid toxic type')
export const proxyNotFound = () => new ApiError(404, 'proxy not found')
export const toxicNotFound = () => new ApiError(404, 'toxic not found')
export const proxyExists = () => new ApiError(409, 'proxy already exists')
export const toxicExists = () => new ApiError(409, 'toxic already exists')

/** Every error as status and body; what is not ours to refuse is 500, as Toxiproxy has it. */
export function asReply(error: unknown): { readonly status: number; readonly body: object } {
  const message = messageOf(error)
  const status = error instanceof ApiError ? error.status : 500
  return { status, body: { error: message, status } }
}
