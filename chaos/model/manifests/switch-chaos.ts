import { Type } from 'typebox'
import { Label } from '../../../reports/run/index.ts'
import { Probe, probeMistakes } from '../../probes/index.ts'
import { defineKind } from './kind.ts'
import { GoDuration } from './parts/duration.ts'

/**
 * A failure switch of the target: its name says what is hit. What it does, only its author knows, so `effect` is how
 * that is seen from the outside: it holds while the switch is on, and neither before nor after.
 */
export const switchChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'SwitchChaos',
  spec: Type.Object(
    { switch: Label, effect: Probe, duration: Type.Optional(GoDuration) },
    { additionalProperties: false },
  ),
  rules: ({ effect }) => probeMistakes(effect).map((one) => ({ ...one, path: ['effect', ...one.path] })),
  limits: [],
})
