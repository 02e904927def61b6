import { type ContainerAct, GONE, isStill } from './act.ts'

/** All its processes are frozen: connections stay open, and new ones wait. */
export const pause: ContainerAct = {
  does: 'pauses',
  undo: 'unpause',
  proof: 'Docker tells that it is paused; after the undo that it is not',
  requests: ({ Id }) => [{ method: 'POST', path: `/containers/${Id}/pause` }],
  wayBack: ({ Id, name }) => [
    {
      method: 'POST',
      path: `/containers/${Id}/unpause`,
      doneIfSaid: 'is not paused',
      does: `unpause ${name}`,
    },
  ],
  look: (before, now) => {
    if (!isStill(before, now)) return GONE
    const { Paused: isPaused } = now.State
    return { isOn: isPaused, isNormal: !isPaused, seen: `it is ${isPaused ? '' : 'not '}paused` }
  },
}
