const build = ['node', '../server.ts', '--dearer', '0.05']

/** The same with 5 % more CPU time a request; the plan is that of the folder above. */
export default {
  target: {
    start: { command: build, port: { flag: '--port', count: 1 } },
    describe: { command: [...build, '--describe'] },
    ready: { address: 'front', path: '/' },
  },
}
