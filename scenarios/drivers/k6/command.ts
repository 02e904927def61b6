import type { Command } from '../../../reports/run/context.ts'

/** The system tags we read, and `vu`, which says which iteration a request belongs to; it comes as metadata. */
const SYSTEM_TAGS = 'name,scenario,status,method,group,check,error_code,expected_response,vu'

export interface K6Files {
  readonly binary: string
  readonly entry: string
  readonly config: string
  readonly fifo: string
  /** of somebody's own script */
  readonly script?: ScriptEnvironment | undefined
}

/** What a script of somebody's own sees in __ENV. */
export interface ScriptEnvironment {
  /** of the caller, without any K6_*: one of them may discard the script's options */
  readonly inherited: Readonly<Record<string, string>>
  /** as `-e NAME=VALUE`; never part of a plan, because some are secrets */
  readonly variables: Readonly<Record<string, string>>
}

const FLAGS = ['--no-usage-report', '--quiet', '--log-format=json']
/** Journeys have neither; a script's own thresholds may stop it early, and its handleSummary may write a file. */
const PLAN_FLAGS = ['--no-thresholds', '--summary-mode=disabled']

/** No variable of the caller's reaches a journey: `K6_VUS` alone would discard the scenarios. */
export function runCommand({ binary, entry, config, fifo, script }: K6Files): Command {
  const flags = [...FLAGS, ...(script === undefined ? PLAN_FLAGS : variableFlags(script))]
  const output = `csv=fileName=${fifo},timeFormat=unix_nano,saveInterval=200ms`
  return {
    file: binary,
    args: ['run', ...flags, '--config', config, `--system-tags=${SYSTEM_TAGS}`, '--out', output, entry],
    environment: script?.inherited ?? {},
    inheritEnvironment: false,
  }
}

/** Runs the script's init code only: a journey that k6 cannot load is found before anything starts. */
export function inspectCommand({ binary, entry, config, script }: Omit<K6Files, 'fifo'>): Command {
  const flags = script === undefined ? [] : ['--include-system-env-vars', ...variableFlags(script)]
  return {
    file: binary,
    args: ['inspect', '--execution-requirements', '--log-format=json', '--config', config, ...flags, entry],
    environment: script?.inherited ?? {},
    inheritEnvironment: false,
    timeoutMs: 60_000,
  }
}

const variableFlags = ({ variables }: ScriptEnvironment): string[] =>
  Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`])
