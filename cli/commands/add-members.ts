import { loadMembers } from '../config/load-config.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What the project adds to gauntlet is there for a command that needs no project; a config that is broken is told of. */
export async function addMembers({ cwd, screen }: Terminal, config?: string): Promise<void> {
  const why = await loadMembers(cwd, config)
  if (why !== undefined) screen.write(`${why}\n`)
}
