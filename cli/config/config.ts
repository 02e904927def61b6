import { type Static, Type } from 'typebox'
import { Duration, Target } from '../../reports/run/index.ts'
import type { Extensions } from './extend.ts'

const closed = { additionalProperties: false } as const
const Words = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })
const Folders = Type.Optional(Type.Array(Type.String({ minLength: 1 })))

const Description = Type.Partial(Type.Omit(Target, ['schema']), closed)

/**
 * How the platform under test is reached. What it offers stands here as `description`, or a command of `describe`
 * prints it without starting anything. With `start` the harness runs the platform and ends it; unless `description`
 * stands here, the platform writes the description with its pids to the file GAUNTLET_TARGET_FILE once it is ready.
 */
const TargetConfig = Type.Object(
  {
    start: Type.Optional(
      Type.Object(
        {
          command: Words,
          environment: Type.Optional(Type.Record(Type.String(), Type.String())),
          /** how --port is passed on, and how many ports from there it takes */
          port: Type.Optional(
            Type.Object({ flag: Type.String(), count: Type.Integer({ minimum: 1 }) }, closed),
          ),
          within: Type.Optional(Duration),
        },
        closed,
      ),
    ),
    /** prints the description as JSON without starting anything: what `gauntlet plan` shows */
    describe: Type.Optional(Type.Object({ command: Words }, closed)),
    description: Type.Optional(Description),
    /** asked until it answers 2xx: an address by its name and a path */
    ready: Type.Optional(
      Type.Object(
        { address: Type.String(), path: Type.String({ pattern: '^/' }), within: Type.Optional(Duration) },
        closed,
      ),
    ),
  },
  closed,
)

/** How faults are carried. */
const ChaosConfig = Type.Object(
  {
    /**
     * the control address of a Toxiproxy that runs already, through which links are then led; on this machine only, as
     * its proxies listen on loopback
     */
    toxiproxy: Type.Optional(
      Type.String({ pattern: '^http://(127\\.0\\.0\\.1|localhost|\\[::1\\]):\\d+/?$' }),
    ),
  },
  closed,
)

const membersNamedBy = (key: string) =>
  Type.Optional(Type.Array(Type.Object({ [key]: Type.String({ minLength: 1 }) })))

/** What the project adds to the families of gauntlet. Their functions only TypeScript can check. */
const ExtendConfig = Type.Unsafe<Extensions>(
  Type.Object(
    {
      faults: membersNamedBy('kind'),
      probes: membersNamedBy('kind'),
      renderers: Type.Optional(
        Type.Array(
          Type.Object({
            file: Type.String({ pattern: '^[\\w-][\\w.-]*$', description: 'a file name in report/' }),
          }),
        ),
      ),
      sources: membersNamedBy('type'),
    },
    closed,
  ),
)

/** `gauntlet.config.ts`. Folders are relative to it. */
export const Config = Type.Object(
  {
    target: TargetConfig,
    content: Type.Optional(
      Type.Object(
        {
          scenarios: Folders,
          journeys: Folders,
          audits: Folders,
          experiments: Folders,
          objectives: Folders,
          plans: Folders,
        },
        closed,
      ),
    ),
    chaos: Type.Optional(ChaosConfig),
    extend: Type.Optional(ExtendConfig),
    /** the plan of `gauntlet verify` */
    verify: Type.Optional(Type.String()),
  },
  { ...closed, description: 'gauntlet.config.ts' },
)

export type GauntletConfig = Static<typeof Config>

/** Types a config for the editor; it is checked when it is loaded. */
export function defineConfig(config: GauntletConfig): GauntletConfig {
  return config
}
