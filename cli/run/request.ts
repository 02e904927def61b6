import type { ScriptEnvironment } from '../../scenarios/drivers/k6/index.ts'
import type { Project } from '../config/load-config.ts'
import type { Progress } from '../terminal/progress.ts'
import type { Stopper } from './execute/stop.ts'
import type { Judged } from './judge/judge-folder.ts'

/** What people may say of a run on the command line, as `run` and `verify` share it. */
export interface RunOptions {
  readonly config?: string
  readonly switch: readonly string[]
  readonly port?: number
  readonly target?: string
  readonly wait: boolean
  readonly allowUndecidable: boolean
  readonly seed: number
  readonly plain: boolean
  readonly json: boolean
}

/** A k6 script of somebody's own, in place of a plan. */
export interface ScriptRequest {
  readonly path: string
  /** files with what it promises */
  readonly slos: readonly string[]
  /** where these files' paths start */
  readonly cwd: string
  readonly environment: ScriptEnvironment
}

/** One experiment of the project, alone, in place of a plan. */
export interface ExperimentRequest {
  readonly name: string
  /** how long its fault is on, unless its manifest says so; left out: as its file says, or else as is usual */
  readonly forMs?: number
  /** as its file says to run it, where it does */
  readonly underLoad: boolean
  /** people take the fault back, and are timed */
  readonly faultOnly: boolean
}

export interface RunRequest {
  readonly project: Project
  readonly plan: string
  /** in place of a plan of the project */
  readonly script?: ScriptRequest
  /** in place of a plan of the project */
  readonly experiment?: ExperimentRequest
  readonly switches: readonly string[]
  readonly port?: number
  /** file with the description of a target that is already running */
  readonly targetFile?: string
  readonly waitForTarget: boolean
  readonly allowUndecidable: boolean
  readonly seed: number
  /** a harness that was not heard of for so long is taken for gone, and its faults are taken back */
  readonly leaseMs?: number
}

/** Whoever watches the run and may stop it. */
export interface Attendance {
  readonly progress: Progress
  readonly stopper: Stopper
  /** true once a person asked twice: no judging, but still undo */
  impatient(): boolean
  /** calls back whenever a person says that he noticed something */
  onNoticed?(listener: () => void): void
}

export interface RunResult {
  readonly runId: string
  readonly folder: string
  readonly exitCode: number
  /** absent when a person did not want to wait for it */
  readonly judged?: Judged
}
