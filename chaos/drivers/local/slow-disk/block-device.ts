/** What the planning looks at; the real one reads the file system. */
export interface Look {
  /** undefined when there is no such file, or it may not be read */
  read(path: string): string | undefined
  isWritable(path: string): boolean
  /** st_dev of a folder, undefined when there is none */
  deviceNumber(folder: string): number | undefined
}

/**
 * MAJOR:MINOR of the whole disk that a folder stands on; limits of partitions do not exist. Undefined for what has no disk
 * of its own: memory (tmpfs), the network, layers (overlay), and btrfs, whose numbers are made up.
 */
export function diskOf(folder: string, look: Look): string | undefined {
  const number = look.deviceNumber(folder)
  if (number === undefined) return undefined
  const device = majorMinor(number)
  const entry = `/sys/dev/block/${device}`
  const own = look.read(`${entry}/dev`)
  // An entry is a link: the parent of a partition is its disk.
  const disk = look.read(`${entry}/partition`) === undefined ? own : look.read(`${entry}/../dev`)
  return disk?.trim()
}

// makedev(3): 12 low bits of the major from bit 8, 8 low bits of the minor from bit 0, the rest above; beyond 32 bits is not in use
function majorMinor(device: number): string {
  return `${(device >>> 8) & 0xfff}:${(device & 0xff) | ((device >>> 12) & 0xfff00)}`
}
