import type { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** Tells how the command ends; the last word counts. */
export type End = (exitCode: number) => void
export type AddCommand = (terminal: Terminal, end: End) => Command
