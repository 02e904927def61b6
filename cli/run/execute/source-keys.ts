import { GauntletError, type Http, type Plan, type PlannedSource } from '../../../reports/run/index.ts'
import { createHttp } from '../../process/http.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Refuses a plan whose sources cannot be opened: better now than after the load. */
export function checkSourceKeys({ sources = [] }: Plan, environment: Environment = process.env): void {
  const missing = sources.flatMap((source) =>
    missingKeys(source, environment).map((name) => `${name}, which opens ${source.name}`),
  )
  if (missing.length === 0) return
  throw new GauntletError('NO_SOURCE_KEY', `not in the environment: ${missing.join('; ')}`, {
    hint: 'set it to a key without blanks; it is read when the source is asked, and never written down',
  })
}

/** Variables that should open a source and hold nothing that could. */
export const missingKeys = (source: PlannedSource, environment: Environment = process.env): string[] =>
  variablesOf(source).filter((name) => !isKey(environment[name]))

/** Asks this source with what opens it; the one that is given, when nothing need be said. */
export function openedHttp(source: PlannedSource, http: Http, environment: Environment = process.env): Http {
  const { tokenEnv, usernameEnv = '', passwordEnv = '' } = source
  if (variablesOf(source).length === 0) return http
  const [username = '', password = ''] = [environment[usernameEnv], environment[passwordEnv]]
  const pair = Buffer.from(`${username}:${password}`).toString('base64')
  return createHttp({
    authorization: tokenEnv === undefined ? `Basic ${pair}` : `Bearer ${environment[tokenEnv]}`,
  })
}

const variablesOf = ({ tokenEnv, usernameEnv, passwordEnv }: PlannedSource): string[] =>
  [tokenEnv, usernameEnv, passwordEnv].filter((one) => one !== undefined)

/** What fits into no header would be quoted, secret and all, by the error about it. */
const isKey = (value = ''): boolean => /^[\x21-\x7e]+$/.test(value)
