import { dirname } from 'node:path'
import type { Target } from '../../reports/run/index.ts'

export type ManifestFor = (target: Target) => string

/** A manifest for each kind of fault, that hits the small target. */
export const MANIFESTS = {
  'process-kill': mesh('PodChaos', 'action: pod-kill, mode: one', 'back'),
  'process-down': mesh('PodChaos', 'action: pod-failure, mode: one', 'back'),
  'process-pause': own('ProcessChaos', 'action: pause, mode: one', 'back'),
  'process-restart': own('ProcessChaos', 'action: restart, mode: one', 'back'),
  delay: network('action: delay, delay: { latency: 50ms }'),
  loss: network('action: loss, loss: { loss: "30" }'),
  bandwidth: network('action: bandwidth, bandwidth: { rate: 1mbps, limit: 20000, buffer: 10000 }'),
  partition: network('action: partition'),
  reset: onLink('action: reset'),
  cut: onLink('action: cut'),
  timeout: onLink('action: timeout, timeout: { after: 200ms }'),
  slice: onLink('action: slice, slice: { averageSize: "64", delay: 5ms }'),
  'limit-data': onLink('action: limit-data, limitData: { size: "2000" }'),
  'http-error': http('target: Response, replace: { code: 503 }'),
  'http-share': (target) =>
    http('target: Response, replace: { code: 503 }')(target).replace(
      'name: x',
      'name: x, annotations: { gauntlet/share: "0.3" }',
    ),
  'http-delay': http('target: Request, path: /w*, method: POST, delay: 80ms'),
  'dns-error': mesh('DNSChaos', 'action: error, mode: all, patterns: [back.*]', 'front'),
  'dns-random': mesh('DNSChaos', 'action: random, mode: all', 'front'),
  cpu: mesh('StressChaos', 'mode: all, stressors: { cpu: { workers: 1, load: 20 } }', 'back'),
  memory: mesh('StressChaos', 'mode: all, stressors: { memory: { workers: 1, size: 128Mi } }', 'back'),
  descriptors: file(() => 'action: descriptors, count: 500'),
  'disk-fill': file(({ logs }) => `action: disk-fill, path: ${dirname(logs[0]!.path)}, size: 20Mi`),
  switch: () =>
    `{ apiVersion: gauntlet/v1, kind: SwitchChaos, metadata: { name: x }, spec: { switch: grumpy, effect: { name: grumpy, http: { address: front, path: /work }, tolerance: 500 } } }`,
} satisfies Record<string, ManifestFor>

export function mesh(kind: string, spec: string, app: string): ManifestFor {
  return () =>
    `{ apiVersion: chaos-mesh.org/v1alpha1, kind: ${kind}, metadata: { name: x }, spec: { ${spec}, selector: { labelSelectors: { app: ${app} } } } }`
}

export function own(kind: string, spec: string, app: string): ManifestFor {
  return () =>
    `{ apiVersion: gauntlet/v1, kind: ${kind}, metadata: { name: x }, spec: { ${spec}, selector: { labelSelectors: { app: ${app} } } } }`
}

function network(spec: string): ManifestFor {
  return mesh('NetworkChaos', `${spec}, mode: all`, 'front')
}

/** The port of `back-1` is a free one of each start. */
function http(rule: string): ManifestFor {
  return (target) => {
    const { port } = target.processes.find(({ name }) => name === 'back-1')!
    return mesh('HTTPChaos', `${rule}, port: ${port}, mode: all`, 'back')(target)
  }
}

function file(spec: ManifestFor): ManifestFor {
  return (target) =>
    `{ apiVersion: gauntlet/v1, kind: FileChaos, metadata: { name: x }, spec: { ${spec(target)} } }`
}

function onLink(spec: string): ManifestFor {
  return () =>
    `{ apiVersion: gauntlet/v1, kind: LinkChaos, metadata: { name: x }, spec: { ${spec}, mode: all, selector: { links: [front→back] } } }`
}
