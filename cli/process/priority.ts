import { existsSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { Command } from '../../reports/run/index.ts'

/** Its weight is then nine times that of an ordinary program (sched(7), "The nice value"). */
const NICENESS = -10
const NICE = ['/usr/bin/nice', '/bin/nice'].find((path) => existsSync(path))

/** The command as a program that goes before others; as it was, where only root may ask for that and we are not. */
export function goingFirst({ file, args }: Command): Pick<Command, 'file' | 'args'> {
  if (NICE === undefined || process.getuid?.() !== 0) return { file, args }
  return { file: NICE, args: ['-n', String(NICENESS), file, ...args] }
}

/** This process goes before others from now on, and so do those that it starts; where only root may, nothing changes. */
export function goFirst(): void {
  changePriority(NICENESS)
}

/** This process is one of many again, whoever started it. */
export function goWithOthers(): void {
  changePriority(0)
}

function changePriority(niceness: number): void {
  try {
    setPriority(niceness)
  } catch {
    // only root may
  }
}
