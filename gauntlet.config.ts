import { defineConfig } from './cli/api.ts'

const plaza = ['node', 'reference-app/supervisor/main.ts']

export default defineConfig({
  target: {
    start: { command: plaza, port: { flag: '--port', count: 40 }, within: '180s' },
    describe: { command: [...plaza, '--describe'] },
    ready: { address: 'gateway', path: '/ready' },
  },
  content: {
    scenarios: ['scenarios/catalog'],
    journeys: ['scenarios/journeys'],
    audits: ['scenarios/catalog'],
    experiments: ['chaos/catalog'],
    objectives: ['slo/catalog'],
    plans: ['cli/plans'],
  },
  verify: 'verify',
})
