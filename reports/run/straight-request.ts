import type { RequestUndo, Undo } from './journal.ts'

/** The request that leads a link straight again, as `Control.routeRequest` makes it; undefined when there is none. */
export function straightRequest(undo: Undo): RequestUndo | undefined {
  const steps = undo.kind === 'steps' ? undo.steps : [undo]
  return steps.find((step): step is RequestUndo => 'body' in step && leadsStraight(step.body))
}

const leadsStraight = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'via' in body && body.via === null
