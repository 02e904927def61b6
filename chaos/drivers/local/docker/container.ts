import { type Static, Type } from 'typebox'

const open = { additionalProperties: true } as const
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** What of an endpoint a container may be connected with again. */
const Endpoint = Type.Object(
  {
    IPAMConfig: Type.Optional(orNull(Type.Object({}, open))),
    Links: Type.Optional(orNull(Type.Array(Type.String()))),
    Aliases: Type.Optional(orNull(Type.Array(Type.String()))),
    DriverOpts: Type.Optional(orNull(Type.Record(Type.String(), Type.String()))),
    IPAddress: Type.Optional(Type.String()),
  },
  open,
)

/** A line of `GET /containers/json`. */
export const Listed = Type.Object(
  {
    Id: Type.String(),
    Names: Type.Array(Type.String(), { minItems: 1 }),
    Labels: Type.Optional(orNull(Type.Record(Type.String(), Type.String()))),
  },
  open,
)

/** `GET /containers/ID/json`: what we read of it. */
export const Inspected = Type.Object(
  {
    Id: Type.String(),
    Name: Type.String(),
    State: Type.Object(
      {
        Running: Type.Boolean(),
        Paused: Type.Boolean(),
        Pid: Type.Integer(),
        StartedAt: Type.String(),
        Health: Type.Optional(orNull(Type.Object({ Status: Type.String() }, open))),
      },
      open,
    ),
    Config: Type.Object({ StopTimeout: Type.Optional(orNull(Type.Integer())) }, open),
    HostConfig: Type.Object(
      {
        AutoRemove: Type.Boolean(),
        NanoCpus: Type.Number(),
        CpuPeriod: Type.Number(),
        CpuQuota: Type.Number(),
        Memory: Type.Number(),
        MemorySwap: Type.Number(),
      },
      open,
    ),
    NetworkSettings: Type.Object({ Networks: Type.Record(Type.String(), Endpoint) }, open),
  },
  open,
)

export type Inspected = Static<typeof Inspected>
export type Endpoint = Static<typeof Endpoint>

/** A container as it was when we looked: in Docker's own words, but for its name. */
export interface Container extends Omit<Inspected, 'Name'> {
  readonly name: string
}

export interface ListedContainer {
  readonly id: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** Docker writes `/web`. */
export const plainName = (name: string): string => name.replace(/^\//, '')

export const shortId = ({ Id }: Pick<Inspected, 'Id'>): string => Id.slice(0, 12)

/** `web (a5577cedb7a2)`. */
export const containerWords = (one: Container): string => `${one.name} (${shortId(one)})`
