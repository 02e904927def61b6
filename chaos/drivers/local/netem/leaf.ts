import { bytesPerSecond, type FaultOf, goDurationMs } from '../../../model/manifests/index.ts'

type Spec = FaultOf<'NetworkChaos'>['spec']

/** What the packets of a link go through: a queue of the kernel's, as tc is told of it. */
export interface Leaf {
  readonly kind: 'netem' | 'tbf'
  readonly options: readonly string[]
}

/** NetworkChaos in tc's words; undefined when none of its effects is one of tc's. */
export function leafOf(spec: Spec): Leaf | undefined {
  if (spec.action === 'bandwidth') return spec.bandwidth && { kind: 'tbf', options: bucket(spec.bandwidth) }
  const has = (action: Spec['action']): boolean => spec.action === 'netem' || spec.action === action
  const options = [
    ...(has('delay') && spec.delay ? delay(spec.delay) : []),
    ...(has('loss') && spec.loss ? ['loss', 'random', ...share(spec.loss.loss, spec.loss)] : []),
    ...(has('duplicate') && spec.duplicate
      ? ['duplicate', ...share(spec.duplicate.duplicate, spec.duplicate)]
      : []),
    ...(has('corrupt') && spec.corrupt ? ['corrupt', ...share(spec.corrupt.corrupt, spec.corrupt)] : []),
    ...(has('rate') && spec.rate ? ['rate', rate(spec.rate.rate)] : []),
  ]
  return options.length === 0 ? undefined : { kind: 'netem', options }
}

/** tc-netem(8): jitter and its correlation stand after the delay, and a reordering stands by a delay. */
function delay({ latency, jitter, correlation, reorder }: NonNullable<Spec['delay']>): string[] {
  return [
    ...['delay', time(latency)],
    ...(jitter === undefined ? [] : [time(jitter), `${correlation ?? 0}%`]),
    ...(reorder === undefined
      ? []
      : [
          'reorder',
          ...share(reorder.reorder, reorder),
          ...(reorder.gap > 0 ? ['gap', `${reorder.gap}`] : []),
        ]),
  ]
}

/** tc-tbf(8): peakrate and minburst only together; a packet longer than the buffer never passes. */
function bucket({
  rate: bytes,
  limit,
  buffer,
  peakrate,
  minburst,
}: NonNullable<Spec['bandwidth']>): string[] {
  return [
    ...['rate', rate(bytes), 'burst', `${buffer}`, 'limit', `${limit}`],
    ...(peakrate === undefined || minburst === undefined
      ? []
      : ['peakrate', `${peakrate * 8}bit`, 'minburst', `${minburst}`]),
  ]
}

const share = (percent: string, { correlation }: { readonly correlation?: string }): string[] => [
  `${percent}%`,
  ...(correlation === undefined ? [] : [`${correlation}%`]),
]

const time = (text: string): string => `${Math.round((goDurationMs(text) ?? 0) * 1000)}us`

/** In bits, of which tc has one meaning. */
const rate = (text: string): string => `${(bytesPerSecond(text) ?? 0) * 8}bit`
