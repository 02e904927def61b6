const build = ['node', 'server.ts']

export default {
  target: {
    start: { command: build, port: { flag: '--port', count: 1 } },
    describe: { command: [...build, '--describe'] },
    ready: { address: 'front', path: '/' },
  },
  content: { scenarios: ['perf'], objectives: ['perf'], plans: ['perf'] },
  verify: 'work',
}
