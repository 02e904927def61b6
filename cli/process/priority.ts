import { existsSync } from 'node:fs'
import type { Command } from '../../reports/run/index.ts'

/** Its weight is then nine times that of an ordinary program (sched(7), "The nice value"). */
const NICENESS = '-10'
const NICE = ['/usr/bin/nice', '/bin/nice'].find((path) => existsSync(path))

/** The command as a program that goes before others; as it was, where only root may ask for that and we are not. */
export function goingFirst({ file, args }: Command): Pick<Command, 'file' | 'args'> {
  if (NICE === undefined || process.getuid?.() !== 0) return { file, args }
  return { file: NICE, args: ['-n', NICENESS, file, ...args] }
}
