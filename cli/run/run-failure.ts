import { EXIT, GauntletError, messageOf } from '../../reports/run/index.ts'
import type { Stopper } from './execute/stop.ts'
import { judgeFolder } from './judge/judge-folder.ts'
import type { RunFolder } from './record/recorder.ts'

/** A failure as the journal tells it. */
export interface Said {
  readonly reason: string
  readonly hint?: string
}

export function saidBy(error: unknown): Said {
  const reason = messageOf(error)
  const hint = error instanceof GauntletError ? error.hint : undefined
  return { reason, ...(hint === undefined ? {} : { hint }) }
}

/**
 * Once the load has begun there is evidence, so our own failure ends the run and the run is judged; before that it is
 * only told. A bug of ours is never dressed up.
 */
export function stoppedBy(
  error: unknown,
  { record, stopper }: { record: RunFolder; stopper: Stopper },
): unknown {
  if (stopper.signal.aborted) return undefined
  if (!(error instanceof GauntletError)) return error
  if (!record.has('second-zero')) return afterTheStart(error)
  stopper.stop({ by: 'machinery', ...saidBy(error) })
  return undefined
}

/** What is refused once something was started is our failure: exit 2 says that nothing was. */
export function afterTheStart(error: GauntletError): GauntletError {
  if (error.exit !== 'refused') return error
  const { code, message, hint, complaints, cause } = error
  return new GauntletError(code, message, {
    exit: 'machinery',
    ...(hint === undefined ? {} : { hint }),
    complaints,
    cause,
  })
}

/** A failure that no verdict will tell of; when a way back failed too, that is worse. */
export async function worseOf(failure: unknown, folder: string): Promise<unknown> {
  const judged = await judgeFolder(folder).catch(() => undefined)
  return judged?.verdict.exitCode === EXIT.unproven.code ? unproven(failure) : failure
}

/** What a failure means for the target, when not everything was taken back. */
export function unproven(failure: unknown): GauntletError {
  return new GauntletError('UNDO_FAILED', `an undo failed, and ${saidBy(failure).reason}`, {
    exit: 'unproven',
    hint: 'look at the target now: what is still on stands in the lines above',
    cause: failure,
  })
}
