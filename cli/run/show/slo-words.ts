import { counted, list, plainText } from '../../../reports/run/index.ts'
import {
  type OpenSlo,
  type ResolvedSlo,
  toPlannedObjectives,
  type Written,
} from '../../../slo/model/index.ts'
import type { ValidatedFile, ValidatedObject, Validation } from './validation.ts'

type Description = Pick<ValidatedObject, 'says' | 'unjudged'>

/** What an object is, in a few words. `slo` is given for an SLO that is right. Of one with mistakes parts are made up. */
export function describeObject({ object, hasMistakes }: Written, slo: ResolvedSlo | undefined): Description {
  if (object === undefined || hasMistakes) return { says: [], unjudged: null }
  return object.kind === 'SLO' ? describeSlo(object, slo) : { says: [wordsOf(object)], unjudged: null }
}

type Of<Kind extends OpenSlo['kind']> = Extract<OpenSlo, { kind: Kind }>

function describeSlo({ spec }: Of<'SLO'>, slo: ResolvedSlo | undefined): Description {
  const targets = spec.objectives.map(({ target = 0, targetPercent = target * 100 }) => `${targetPercent} %`)
  if (slo === undefined) return { says: targets, unjudged: null }
  const { objectives, refusals } = toPlannedObjectives(slo, { phases: [], advisory: false, as: 'named' })
  if (refusals.length > 0) return { says: targets, unjudged: refusals.map(({ why }) => why).join('; ') }
  return { says: objectives.map(({ promised }) => promised), unjudged: null }
}

function wordsOf(object: Exclude<OpenSlo, { kind: 'SLO' }>): string {
  switch (object.kind) {
    case 'SLI':
      return indicatorWords(object.spec)
    case 'DataSource':
      return object.spec.type
    case 'Service':
      return object.metadata.displayName ?? ''
    case 'AlertPolicy':
      return `tells ${counted(object.spec.notificationTargets.length, 'targets')}`
    case 'AlertCondition': {
      const { op, threshold, lookbackWindow } = object.spec.condition
      return `${object.spec.severity}: burn rate ${SIGNS[op]} ${threshold} over ${lookbackWindow}`
    }
    case 'AlertNotificationTarget':
      return object.spec.target
    default:
      return object satisfies never
  }
}

const SIGNS = { lte: '≤', lt: '<', gte: '≥', gt: '>' } as const

function indicatorWords({ thresholdMetric, ratioMetric = {} }: Of<'SLI'>['spec']): string {
  const { good, bad, total, raw } = ratioMetric
  const parts = Object.entries({ good, bad, total, raw }).filter(([, metric]) => metric !== undefined)
  const metric = thresholdMetric ?? total ?? raw
  const { type, metricSourceRef } = metric?.metricSource ?? {}
  const from = type ?? (metricSourceRef === undefined ? 'nowhere' : `"${metricSourceRef}"`)
  return `${thresholdMetric === undefined ? list(parts.map(([name]) => name)) : 'values'} from ${from}`
}

/** Each file with its objects, or with the number of its mistakes; the mistakes follow as those of every command. */
export function validationInWords({ files }: Validation): string {
  const objects = files.flatMap((one) => one.objects)
  const all = `${counted(files.length, 'files')}, ${counted(objects.length, 'objects')}`
  const isRight = files.every(({ mistakes }) => mistakes.length === 0)
  const columns = {
    kind: Math.max(0, ...objects.map(({ kind }) => kind.length)),
    name: Math.min(40, Math.max(0, ...objects.map(({ name }) => name.length))),
  }
  return [...files.map((one) => fileInWords(one, columns)), `${all}${isRight ? ', no mistake' : ''}`].join(
    '\n',
  )
}

interface Columns {
  readonly kind: number
  readonly name: number
}

function fileInWords({ file, objects, mistakes, open }: ValidatedFile, columns: Columns): string {
  const lines = [
    ...objects.flatMap((one) => objectInWords(one, columns)),
    ...open.map(({ kind, name, line }) => `line ${line}: no file that was read holds the ${kind} "${name}"`),
    ...(mistakes.length === 0 ? [] : [counted(mistakes.length, 'mistakes')]),
  ]
  return [file, ...lines.map((line) => `  ${line}`)].map(plainText).join('\n')
}

function objectInWords({ kind, name, says, unjudged }: ValidatedObject, columns: Columns): string[] {
  const head = `${kind.padEnd(columns.kind)}  ${name.padEnd(columns.name)}`
  const [first = '', ...rest] = [
    ...says,
    ...(unjudged === null ? [] : [`cannot be judged here: ${unjudged}`]),
  ]
  return [`${head}  ${first}`, ...rest.map((line) => `${' '.repeat(head.length)}  ${line}`)].map((line) =>
    line.trimEnd(),
  )
}
