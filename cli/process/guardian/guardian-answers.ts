import type { FromGuardian } from './guardian-protocol.ts'

export interface GuardianAnswers {
  /** what it says of this, nothing when it ended in good order; rejects when it is lost */
  answer(id: string): Promise<FromGuardian | undefined>
  /** it said this */
  hear(id: string, message: FromGuardian): void
  /** it will say no more */
  letGo(): void
}

/** Who waits for a word of a guardian, by what it is about. */
export function guardianAnswers(lost: AbortSignal): GuardianAnswers {
  const waiting = new Map<string, (message?: FromGuardian) => void>()
  return {
    answer: (id) =>
      new Promise((resolve, reject) => {
        if (lost.aborted) return reject(lost.reason)
        const refuse = (): void => reject(lost.reason)
        lost.addEventListener('abort', refuse, { once: true })
        waiting.set(id, (message) => {
          lost.removeEventListener('abort', refuse)
          resolve(message)
        })
      }),
    hear: (id, message) => {
      waiting.get(id)?.(message)
      waiting.delete(id)
    },
    letGo: () => {
      for (const acknowledge of waiting.values()) acknowledge()
    },
  }
}
