const CODES = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** Whether the system refused to write because there is no room: on the disk, in the quota, or for one file. */
export function isDiskFull(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && CODES.includes(String(error.code))
}
