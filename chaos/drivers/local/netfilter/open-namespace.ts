import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * A descriptor of the network namespace with this inode, by which it is entered, through a process that is in it or a
 * mount that keeps it; the caller closes it. Undefined when there is neither: it is gone, with all that was in it.
 * Throws where it may not look.
 */
export function openNamespace(inode: number): number | undefined {
  let denied: unknown
  for (const path of [...namespacesOfProcesses(), ...mountedNamespaces()]) {
    try {
      const descriptor = openSync(path, 'r')
      if (fstatSync(descriptor).ino === inode) return descriptor
      closeSync(descriptor)
    } catch (error) {
      // a process that ended meanwhile is in none
      if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') denied = error
    }
  }
  if (denied === undefined) return undefined
  throw new Error(`the network namespace net:[${inode}] cannot be looked for: run as root`, { cause: denied })
}

/** What nsenter is told so that it enters what this process has opened, and nothing that took a pid since. */
export function enterArgs(descriptor: number): string[] {
  return [`--net=/proc/${readlinkSync('/proc/self')}/fd/${descriptor}`, '--']
}

/** The inode of the network namespace that a process is in; undefined when it is gone or may not be looked at. */
export function namespaceOf(pid: number | 'self'): number | undefined {
  try {
    return Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0])
  } catch {
    return undefined
  }
}

/** Of this process, and of the first one: what is done there is done to everybody on this machine. */
export function isMachinesOwn(inode: number): boolean {
  return inode === namespaceOf('self') || inode === namespaceOf(1)
}

/** Without the first process, which is in the machine's own and may not let itself be looked at. */
const namespacesOfProcesses = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== '1')
    .map((pid) => `/proc/${pid}/ns/net`)

/** proc_pid_mountinfo(5): the mount point is the fifth field. `ip netns` and container runtimes make such. */
const mountedNamespaces = (): string[] =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => (/ net:\[\d+\] (\S+) /.exec(line) ?? []).slice(1))

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
