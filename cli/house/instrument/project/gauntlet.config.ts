const clerk = ['node', 'server.ts']

export default {
  target: {
    start: { command: clerk, port: { flag: '--port', count: 1 } },
    describe: { command: [...clerk, '--describe'] },
    ready: { address: 'desk', path: '/' },
  },
  content: { scenarios: ['perf'], journeys: ['perf'], objectives: ['perf'], plans: ['perf'] },
  verify: 'steady',
}
