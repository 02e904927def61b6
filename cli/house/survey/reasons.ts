/** More lines than this want a reason. */
export const LONG_FILE_LINES = 200
export const LONG_TEST_LINES = 400

/** Why what is long, or written twice, is better so. */
export interface Reasons {
  /** by path */
  readonly files: Readonly<Record<string, string>>
  readonly repeats: readonly {
    /** two files, or one file twice */
    readonly files: readonly [string, string]
    readonly why: string
  }[]
}

export const REASONS: Reasons = {
  files: {
    'reports/run/plan.ts':
      'one format: the schema of plan.json, read from top to bottom, with a type a part; no function stands in it',
    'reports/run/journal.ts':
      'one format: every fact that a journal may hold stands in one list, which is how a reader looks one up',
    'reports/run/verdict.ts': 'one format: the schema of verdict.json, with a type a part',
    'chaos/drivers/local/proxy/http/message-stream.ts':
      'one state machine over one buffer: its states share what is read, sent and held, which a second class would have to be told',
    'scenarios/drivers/k6/stream/fold.ts':
      'one state, through which every row of k6 goes: the books, the clock and what each VU is at change together, row by row',
    'scenarios/drivers/k6/stream/account.ts':
      'one state, the books of a scenario: each method is one entry in them, and most are shorter than ten lines',
    'slo/judge/judge.test.ts':
      'over half of it is one table of runs with the verdict of each of six objectives; the rest tells what a table row cannot',
    'scenarios/drivers/k6/stream/fold.test.ts':
      'each test is a stream of a few rows and what becomes of it, in a notation for rows that all of them share',
    'slo/model/rules/rules.test.ts':
      'one table: the documents that a rule of OpenSLO refuses, with what it says',
  },
  repeats: [
    {
      files: ['cli/house/instrument/project/server.ts', 'cli/house/proofs/ab/server.ts'],
      why: 'each is a project of its own once its folder is copied, so it may import nothing that is not in it',
    },
    {
      files: ['cli/house/proofs/ab/gauntlet.config.ts', 'cli/house/proofs/ab/dearer/gauntlet.config.ts'],
      why: 'two builds as somebody has them who compares two checkouts: neither config knows the other',
    },
    {
      files: ['reports/run/plan-of-today.test.ts', 'reports/render/testing/plan.ts'],
      why: 'one is what a plan of the first format must become, the other an example to draw: neither may follow the other',
    },
    {
      files: ['reference-app/supervisor/life.real.test.ts', 'reference-app/supervisor/switches.real.test.ts'],
      why: 'a Plaza for a suite: node:test gives a suite no value of its own, so that each has the variable and its two hooks',
    },
    {
      files: ['chaos/model/manifests/schedule.ts', 'chaos/model/manifests/scheduled.ts'],
      why: 'a Schedule of a file may hold a Workflow, and one within a workflow may not: two kinds, whose schemas are read side by side',
    },
    {
      files: ['chaos/model/manifests/dns-chaos.ts', 'chaos/model/manifests/time-chaos.ts'],
      why: 'two kinds of Chaos Mesh whose specs end alike; each is read beside its own CRD and changes with it alone',
    },
    {
      files: ['slo/sources/facts.ts', 'slo/sources/points.ts'],
      why: 'the signature by which each kind of evidence is asked for its sample; what they do with it has nothing in common',
    },
  ],
}
