import { spawn } from 'node:child_process'
import type { FileResult } from './test-file.ts'

interface StaticCheck {
  readonly title: string
  readonly command: string
  readonly args: readonly string[]
}

/** Each counts as one test. */
export const STATIC_CHECKS: readonly StaticCheck[] = [
  { title: 'the types fit (tsc)', command: 'tsc', args: ['-b'] },
  { title: 'format and lint hold (biome)', command: 'biome', args: ['ci', '--colors=off', '.'] },
  {
    title: 'the JSON Schemas equal the types',
    command: process.execPath,
    args: ['cli/house/schemas.ts', '--check'],
  },
  { title: 'the house is in order', command: process.execPath, args: ['cli/house/house.ts'] },
]

export async function runStaticCheck({ title, command, args }: StaticCheck): Promise<FileResult> {
  const began = performance.now()
  const { code, output } = await collect(command, args)
  const outcome = code === 0 ? 'passed' : 'failed'
  return {
    file: [command === process.execPath ? 'node' : command, ...args].join(' '),
    outcomes: [{ kind: outcome, title, detail: output }],
    durationMs: performance.now() - began,
  }
}

function collect(command: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const chunks: string[] = []
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
    child.once('error', (error) => resolve({ code: null, output: error.message }))
    child.once('close', (code) => resolve({ code, output: chunks.join('') }))
  })
}
