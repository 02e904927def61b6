import type { Command } from '../../../reports/run/context.ts'

/** The system tags we read, and `vu`, which says which iteration a request belongs to; it comes as metadata. */
const SYSTEM_TAGS = 'name,scenario,status,method,group,check,error_code,expected_response,vu'

export interface K6Files {
  readonly binary: string
  readonly entry: string
  readonly config: string
  readonly fifo: string
}

/** No variable of the caller's reaches k6: `K6_VUS` alone would discard the scenarios. */
export function runCommand({ binary, entry, config, fifo }: K6Files): Command {
  const flags = [
    '--no-usage-report',
    '--no-thresholds',
    '--summary-mode=disabled',
    '--quiet',
    '--log-format=json',
  ]
  const output = `csv=fileName=${fifo},timeFormat=unix_nano,saveInterval=200ms`
  return {
    file: binary,
    args: ['run', ...flags, '--config', config, `--system-tags=${SYSTEM_TAGS}`, '--out', output, entry],
    environment: {},
    inheritEnvironment: false,
  }
}

/** Runs the script's init code only: a journey that k6 cannot load is found before anything starts. */
export function inspectCommand({ binary, entry, config }: K6Files): Command {
  const args = ['inspect', '--log-format=json', '--config', config, entry]
  return { file: binary, args, environment: {}, inheritEnvironment: false, timeoutMs: 60_000 }
}
