import { type Static, Type } from 'typebox'
import { Label, Microseconds } from './ids.ts'

const closed = { additionalProperties: false } as const

/** One operating-system process of the target. Absent `pid`: it does not run, or the target does not tell. */
export const TargetProcess = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    pid: Type.Optional(Type.Integer({ minimum: 2 })),
    startedAt: Type.Optional(
      Type.Integer({
        description:
          'the start time as the kernel tells it, only ever compared for equality: on Linux field 22 of /proc/PID/stat (clock ticks since boot), elsewhere seconds since 1970 from ps -o lstart',
      }),
    ),
    state: Type.Optional(Type.Enum(['starting', 'ready', 'stopped'])),
    labels: Type.Record(Type.String(), Type.String()),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
    clock: Type.Optional(
      Type.Object(
        {
          offsetFile: Type.String({
            pattern: '^/',
            description:
              'what libfaketime, loaded into the process, adds to its wall clock: the file of FAKETIME_TIMESTAMP_FILE, which holds +0',
          }),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** A named connection between two parts, which can be led through a proxy: `from` dials `listen`, which forwards to `upstream`. */
export const TargetLink = Type.Object(
  {
    name: Type.String(),
    from: Type.String(),
    to: Type.String(),
    listen: Type.String({ description: 'what is dialled now' }),
    upstream: Type.String(),
    straight: Type.Optional(
      Type.String({ description: 'what is dialled when nobody leads it elsewhere; left out: `upstream`' }),
    ),
  },
  closed,
)

const Named = Type.Object({ name: Label, why: Type.Optional(Type.String()) }, closed)

/** A failure switch. `on` left out: the target does not tell. */
const TargetSwitch = Type.Object({ ...Named.properties, on: Type.Optional(Type.Boolean()) }, closed)

const URL_WORDS = { title: 'URL', description: 'such as http://127.0.0.1:8080' }

/** What the harness knows of the platform under test. */
export const Target = Type.Object(
  {
    schema: Type.Literal('gauntlet/target/1'),
    name: Label,
    version: Type.String(),
    addresses: Type.Record(Type.String(), Type.String({ pattern: '^(https?|wss?|tcp)://', ...URL_WORDS }), {
      description: 'name to URL; a journey sees each as GAUNTLET_URL_NAME',
    }),
    processes: Type.Array(TargetProcess),
    links: Type.Array(TargetLink),
    switches: Type.Array(TargetSwitch),
    facts: Type.Array(Named),
    logs: Type.Array(Type.Object({ name: Type.String(), path: Type.String() }, closed)),
    control: Type.Optional(
      Type.Object({ url: Type.String({ pattern: '^http://' }), tokenFile: Type.String() }, closed),
    ),
  },
  { ...closed, description: 'A platform under test, described to the harness' },
)

/** The answer of `GET /facts/NAME?sinceUs=…`: a read-only query that the target runs over its own store. */
export const Fact = Type.Object(
  {
    schema: Type.Literal('gauntlet/fact/1'),
    name: Label,
    atUs: Microseconds,
    rows: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          doneAtUs: Type.Union([Microseconds, Type.Null()], { description: 'null: not done yet' }),
          effects: Type.Integer({
            minimum: 0,
            description: 'how many times it took effect; more than one is twice',
          }),
        },
        closed,
      ),
    ),
  },
  closed,
)

export type TargetProcess = Static<typeof TargetProcess>
export type TargetLink = Static<typeof TargetLink>
export type Target = Static<typeof Target>
export type Fact = Static<typeof Fact>

/** Of a target of which nothing was said. */
export const UNKNOWN_TARGET: Target = {
  ...{ schema: 'gauntlet/target/1', name: 'unknown', version: 'unknown', addresses: {} },
  ...{ processes: [], links: [], switches: [], facts: [], logs: [] },
}
