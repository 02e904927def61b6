import { Type } from 'typebox'
import { containerRadius, remote } from '../../radius/selector.ts'
import { defineKind } from './kind.ts'
import { CLUSTER, ofContainers, ofRadius } from './limits.ts'
import { GoDuration, SignedGoDuration } from './parts/duration.ts'

const CLOCKS = [
  'CLOCK_REALTIME',
  'CLOCK_MONOTONIC',
  'CLOCK_PROCESS_CPUTIME_ID',
  'CLOCK_THREAD_CPUTIME_ID',
  'CLOCK_MONOTONIC_RAW',
  'CLOCK_REALTIME_COARSE',
  'CLOCK_MONOTONIC_COARSE',
  'CLOCK_BOOTTIME',
  'CLOCK_REALTIME_ALARM',
  'CLOCK_BOOTTIME_ALARM',
] as const

export const timeChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'TimeChaos',
  spec: Type.Object(
    {
      ...containerRadius,
      ...remote,
      timeOffset: SignedGoDuration,
      clockIds: Type.Optional(
        Type.Array(Type.Enum([...CLOCKS]), { minItems: 1, description: 'clocks; left out: CLOCK_REALTIME' }),
      ),
      duration: Type.Optional(GoDuration),
    },
    { additionalProperties: false },
  ),
  limits: [
    ...ofRadius,
    ofContainers,
    {
      at: ['clockIds', '*'],
      but: ['CLOCK_REALTIME'],
      why: 'one clock of the kernel is told from another only in the memory of the process, which is left alone here',
      possibleWith: `${CLUSTER}, or clockIds: [CLOCK_REALTIME]`,
    },
  ],
})
