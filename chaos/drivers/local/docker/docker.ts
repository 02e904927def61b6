import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { GauntletError, type Http, type HttpReply, said } from '../../../../reports/run/index.ts'
import { type Container, Inspected, Listed, type ListedContainer, plainName } from './container.ts'
import { dockerSocket, WHERE_DOCKER_IS } from './socket.ts'

/** Of the Engine API: what we ask for is the same in all between. The newest that both sides know is spoken. */
const NEWEST: ApiVersion = [1, 47]
const TIMEOUT_MS = 10_000

type ApiVersion = readonly [major: number, minor: number]

const Version = Type.Object({ ApiVersion: Type.String(), MinAPIVersion: Type.Optional(Type.String()) })

/** A request that Docker is asked for by name: it is sent, or held as a way back. */
export interface DockerRequest {
  readonly method: 'POST'
  /** below the version, such as /containers/ID/pause */
  readonly path: string
  readonly body?: unknown
  /** left out: as long as Docker usually takes at most */
  readonly timeoutMs?: number
}

/** A client of Docker's Engine API over its Unix socket. */
export class Docker {
  readonly #host: string | undefined
  readonly #http: Http
  #base: Promise<string> | undefined

  /** `host` as in DOCKER_HOST */
  constructor(host: string | undefined, http: Http) {
    this.#host = host
    this.#http = http
  }

  /** Why nobody answers whom we could ask; undefined when Docker does. */
  async silence(): Promise<string | undefined> {
    try {
      await this.#address()
      return undefined
    } catch (error) {
      if (error instanceof GauntletError) return error.message
      throw error
    }
  }

  /** Those that run and are not paused. */
  async running(): Promise<readonly ListedContainer[]> {
    const filters = encodeURIComponent('{"status":["running"]}')
    const listed = shaped(Type.Array(Listed), await this.#get(`/containers/json?filters=${filters}`))
    return listed.map(({ Id, Names, Labels }) => ({
      id: Id,
      name: plainName(Names[0] ?? Id),
      labels: Labels ?? {},
    }))
  }

  /** Undefined when there is none of this id or name. */
  async inspect(idOrName: string): Promise<Container | undefined> {
    const reply = await this.#get(`/containers/${encodeURIComponent(idOrName)}/json`)
    if (reply.status === 404) return undefined
    const { Name, ...rest } = shaped(Inspected, reply)
    return { ...rest, name: plainName(Name) }
  }

  async send(request: DockerRequest): Promise<HttpReply> {
    const { timeoutMs = TIMEOUT_MS } = request
    return this.#http.send({ ...(await this.asData(request)), timeoutMs })
  }

  /** What whoever holds it can send. */
  async asData({ method, path, body }: DockerRequest) {
    const at = { method, url: `${await this.#address()}${path}`, socketPath: dockerSocket(this.#host) }
    return body === undefined ? at : { ...at, body }
  }

  async #get(path: string): Promise<HttpReply> {
    const url = `${await this.#address()}${path}`
    return this.#http.send({ url, socketPath: dockerSocket(this.#host), timeoutMs: TIMEOUT_MS })
  }

  /** Asked once; again when nobody answered. */
  #address(): Promise<string> {
    this.#base ??= this.#negotiate().catch((error: unknown) => {
      this.#base = undefined
      throw error
    })
    return this.#base
  }

  async #negotiate(): Promise<string> {
    const socketPath = dockerSocket(this.#host)
    const reply = await this.#http.send({ url: 'http://docker/version', socketPath, timeoutMs: TIMEOUT_MS })
    if (reply.status !== 200 || !Check(Version, reply.body)) throw silent(socketPath, reply)
    const { ApiVersion: newest, MinAPIVersion: oldest = newest } = reply.body
    if (isNewer(versionOf(oldest), NEWEST))
      throw new GauntletError(
        'NO_DOCKER',
        `Docker at ${socketPath} speaks versions ${oldest} to ${newest} of its API, and this gauntlet 1.${NEWEST[1]}`,
        { hint: 'take a newer gauntlet' },
      )
    const [major, minor] = isNewer(versionOf(newest), NEWEST) ? NEWEST : versionOf(newest)
    return `http://docker/v${major}.${minor}`
  }
}

function silent(socketPath: string, reply: HttpReply): GauntletError {
  return new GauntletError('NO_DOCKER', `no Docker answers at ${socketPath}: ${said(reply)}`, {
    hint: WHERE_DOCKER_IS,
  })
}

function versionOf(text: string): ApiVersion {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return [major, minor]
}

const isNewer = (a: ApiVersion, b: ApiVersion): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1])

function shaped<Schema extends Type.TSchema>(schema: Schema, reply: HttpReply): Static<Schema> {
  if (reply.status === 200 && Check(schema, reply.body)) return reply.body
  throw new GauntletError('DOCKER_SHAPE', `Docker's answer is not as agreed: ${said(reply)}`, {
    exit: 'machinery',
  })
}
