import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Exec } from '../../../reports/run/index.ts'
import { findK6 } from '../../../scenarios/drivers/k6/index.ts'
import { download } from '../../process/download.ts'
import { createExec } from '../../process/exec.ts'
import { lockPortBlock } from '../../process/ports.ts'
import { whereToLook } from '../../run/draft/tools.ts'
import { listenForInterrupts } from './interrupts.ts'

/** A copy of `project`, in which `gauntlet` measures a clerk that answers at once. */
export interface Scene extends AsyncDisposable {
  readonly project: string
  /** of the clerk */
  readonly port: number
  /** path of the binary */
  readonly k6: string
  readonly exec: Exec
  /** aborts on Ctrl-C: what is running then is stopped in good order */
  readonly interrupted: AbortSignal
}

const PROJECT = join(import.meta.dirname, 'project')

export async function openScene(what: string): Promise<Scene> {
  const exec = createExec({ runId: what })
  const log = { fact: console.error, doing: console.error }
  const { path: k6 } = await findK6(whereToLook(), { exec, log, download })
  const block = await lockPortBlock(1, what)
  const folder = mkdtempSync(join(tmpdir(), `gauntlet-${what}-`))
  const project = join(folder, 'project')
  cpSync(PROJECT, project, { recursive: true })
  const { interrupted, release } = listenForInterrupts()
  return {
    ...{ project, port: block.ports[0]!, k6, exec, interrupted },
    [Symbol.asyncDispose]: async () => {
      release()
      rmSync(folder, { recursive: true, force: true })
      block.release()
    },
  }
}
