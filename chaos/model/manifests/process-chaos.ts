import { Type } from 'typebox'
import { defineKind } from './kind.ts'
import { ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { radius } from './parts/selector.ts'

/** Processes that stand still, or that are asked to end and are started again: Chaos Mesh has only their death. */
export const processChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'ProcessChaos',
  spec: Type.Object(
    { action: Type.Enum(['pause', 'restart']), ...radius, duration: Type.Optional(GoDuration) },
    { additionalProperties: false },
  ),
  oneShot: ['restart'],
  limits: ofRadius,
})
