import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { messageOf } from '../../../../reports/run/plain.ts'

/** One relative offset in seconds, as libfaketime reads it; a file that is being written is empty for an instant. */
const OFFSET = /^([+-]\d+(\.\d+)?)?\n?$/

/** What a process's clock is off by through this file; why nobody can say, in words. */
export function readOffset(
  offsetFile: string,
): { readonly seconds: number } | { readonly unreadable: string } {
  try {
    const text = readFileSync(offsetFile, 'utf8')
    return OFFSET.test(text)
      ? { seconds: Number(text) }
      : {
          unreadable: `${offsetFile} holds ${JSON.stringify(text.slice(0, 40))}, which is no offset such as +0`,
        }
  } catch (error) {
    return { unreadable: messageOf(error) }
  }
}

/**
 * Writes over an offset and over nothing else, and makes no file: whoever names a wrong one by mistake loses nothing.
 * Why it could not, in words.
 */
export function writeOffset(offsetFile: string, seconds: number): string | undefined {
  const before = readOffset(offsetFile)
  if ('unreadable' in before) return before.unreadable
  try {
    const descriptor = openSync(offsetFile, 'r+')
    try {
      ftruncateSync(descriptor)
      writeSync(descriptor, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`)
      return undefined
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return messageOf(error)
  }
}

/** The process tells the true time again; a file that is gone skews nobody. Why it could not, in words. */
export function setRight(offsetFile: string): string | undefined {
  return existsSync(offsetFile) ? writeOffset(offsetFile, 0) : undefined
}
