import type { TcpProxy } from '../proxy.ts'
import type { Request, Route } from './route.ts'

export const METRICS_ROUTES: readonly Route[] = [{ methods: ['GET'], path: '/metrics', answer: metrics }]

/** In Prometheus's text format, under Toxiproxy's names. */
function metrics({ proxies }: Request) {
  const all = proxies.all()
  return {
    status: 200,
    body: [
      ...counter('toxiproxy_proxy_received_bytes_total', all, 'receivedBytes'),
      ...counter('toxiproxy_proxy_sent_bytes_total', all, 'sentBytes'),
      '',
    ].join('\n'),
  }
}

function counter(name: string, proxies: readonly TcpProxy[], bytes: 'receivedBytes' | 'sentBytes'): string[] {
  const series = proxies.flatMap(({ name: proxy, addresses: { listen, upstream }, traffic }) =>
    (['upstream', 'downstream'] as const).map((direction) => {
      const labels = Object.entries({ direction, listener: listen, proxy, upstream })
      const said = labels.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')
      return `${name}{${said}} ${traffic[direction][bytes]}`
    }),
  )
  return [`# TYPE ${name} counter`, ...series]
}
