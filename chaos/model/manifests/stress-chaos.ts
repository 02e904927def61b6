import { Type } from 'typebox'
import { containerRadius, remote } from '../../radius/selector.ts'
import { defineKind } from './kind.ts'
import type { Limit } from './limit.ts'
import { ofContainers, ofRadius } from './limits.ts'
import { GoDuration } from './parts/duration.ts'
import { SizeOrPercent } from './parts/size.ts'
import { noneOf } from './rules.ts'

const closed = { additionalProperties: false } as const
const stressor = {
  workers: Type.Integer({ minimum: 1, maximum: 8192 }),
  options: Type.Optional(
    Type.Array(Type.String(), { minItems: 1, description: 'further options of stress-ng' }),
  ),
}

const Stressors = Type.Object(
  {
    cpu: Type.Optional(
      Type.Object(
        {
          ...stressor,
          load: Type.Optional(
            Type.Integer({ minimum: 0, maximum: 100, description: 'percent of each worker' }),
          ),
        },
        closed,
      ),
    ),
    memory: Type.Optional(
      Type.Object(
        {
          ...stressor,
          size: Type.Optional(SizeOrPercent),
          oomScoreAdj: Type.Optional(Type.Integer({ minimum: -1000, maximum: 1000 })),
        },
        closed,
      ),
    ),
  },
  { ...closed, minProperties: 1, description: 'cpu, memory or both' },
)

const byStressNg = (...at: readonly string[]): Limit => ({
  at,
  why: 'only stress-ng knows its own options',
  unless: 'stress-ng',
  possibleWith: 'stress-ng on the PATH',
})

export const stressChaos = defineKind({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: 'StressChaos',
  spec: Type.Object(
    {
      ...containerRadius,
      ...remote,
      stressors: Type.Optional(Stressors),
      stressngStressors: Type.Optional(
        Type.String({ minLength: 1, description: 'what stress-ng is called with; wins over stressors' }),
      ),
      duration: Type.Optional(GoDuration),
    },
    closed,
  ),
  rules: (spec) => noneOf(spec, ['stressors', 'stressngStressors'], 'there is no stressor'),
  limits: [
    ...ofRadius,
    ofContainers,
    byStressNg('stressngStressors'),
    byStressNg('stressors', '*', 'options'),
  ],
})
