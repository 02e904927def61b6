import { Type } from 'typebox'
import { Label } from '../../../reports/run/index.ts'
import { defineKind } from './kind.ts'
import { GoDuration } from './parts/duration.ts'

/** A failure switch of the target: its name says what is hit. */
export const switchChaos = defineKind({
  apiVersion: 'gauntlet/v1',
  kind: 'SwitchChaos',
  spec: Type.Object({ switch: Label, duration: Type.Optional(GoDuration) }, { additionalProperties: false }),
  limits: [],
})
