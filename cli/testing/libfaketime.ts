import { globSync } from 'node:fs'

/** Where Debian, Fedora and others put it. */
const folders = ['/usr/lib/faketime', '/usr/lib64/faketime', '/usr/lib/*/faketime']

/** The path of libfaketime on this machine; empty where it is not installed. */
export const [faketime = ''] = globSync(folders.map((one) => `${one}/libfaketime.so.1`))

/** Why a test that needs it is skipped; false where it is not. */
export const skip = faketime === '' && 'libfaketime is not installed (apt install libfaketime)'
