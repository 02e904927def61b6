import type { HttpReply } from './context.ts'

/** Whether a request was taken: any 2xx says so. */
export function isTaken({ status }: HttpReply): boolean {
  return status !== null && status >= 200 && status < 300
}

/** A reply in words, for errors and the journal. */
export function said(reply: HttpReply): string {
  if (reply.status === null) return reply.reason
  const detail = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
  return `status ${reply.status}${detail ? `, ${detail.slice(0, 200)}` : ''}`
}
