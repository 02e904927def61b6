import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface Holder {
  readonly pid: number
  readonly command: string
}

/** State of a listening socket in /proc/net/tcp. */
const listening = '0A'

/** Who listens on this TCP port; `undefined` when it is not to be seen (another user's, or no /proc). */
export function findHolder(port: number): Holder | undefined {
  try {
    const inodes = listeningInodes(port)
    const pid = readdirSync('/proc')
      .filter(isNumber)
      .map(Number)
      .find((pid) => holdsOneOf(pid, inodes))
    return pid === undefined ? undefined : { pid, command: commandOf(pid) }
  } catch {
    return undefined
  }
}

export function describeHolder(holder: Holder | undefined): string {
  return holder === undefined ? 'a process of another user' : `pid ${holder.pid} (${holder.command})`
}

function listeningInodes(port: number): Set<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => readFileSync(table, 'utf8').split('\n'))
  const columns = rows.map((row) => row.trim().split(/\s+/))
  const ours = columns.filter((column) => column[1]?.endsWith(suffix) && column[3] === listening)
  return new Set(ours.map((column) => `socket:[${column[9]}]`))
}

function holdsOneOf(pid: number, sockets: ReadonlySet<string>): boolean {
  try {
    const folder = `/proc/${pid}/fd`
    return readdirSync(folder).some((descriptor) => sockets.has(linkOf(`${folder}/${descriptor}`)))
  } catch {
    return false
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

function commandOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  return command.length > 120 ? `${command.slice(0, 119)}…` : command
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name)
}
