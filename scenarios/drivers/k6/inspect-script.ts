import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { GauntletError, type PlannedLoad, type RunContext } from '../../../reports/run/index.ts'
import { ScriptOptions } from '../../model/index.ts'
import { inspect } from './check-journeys.ts'
import { type K6Setting, writeFiles } from './files.ts'

const shape = Compile(ScriptOptions)

/** The options of somebody's own script, as k6 itself reads them; refused when it would not end by itself. */
export async function inspectScript(
  path: string,
  { binary, script }: K6Setting,
  context: Pick<RunContext, 'exec' | 'scratch'>,
): Promise<ScriptOptions> {
  // without a file of ours k6 would read the one in the home of the user
  const config = join(context.scratch, 'k6-no-options.json')
  await writeFile(config, '{}')
  const said: unknown = JSON.parse(
    await inspect({ binary: binary.path, entry: path, config, script }, path, context),
  )
  if (!shape.Check(said)) {
    const [first] = shape.Errors(said)
    throw new GauntletError(
      'SCRIPT_OPTIONS',
      `the options of ${path} are not as k6 2.2 says them: ${first?.instancePath} ${first?.message}`,
      { hint: `compare with: ${binary.path} inspect --execution-requirements ${path}` },
    )
  }
  if (said.paused === true)
    throw new GauntletError('SCRIPT_PAUSED', `${path} sets paused: nothing would start it`, {
      hint: 'take paused out of its options',
    })
  return said
}

/** Refuses a script that does not export what its scenarios run, before anything starts. */
export async function checkScript(
  loads: readonly PlannedLoad[],
  setting: K6Setting,
  context: Pick<RunContext, 'exec' | 'scratch' | 'projectRoot'>,
): Promise<void> {
  await inspect(await writeFiles(loads, setting, context), loads[0]?.journey ?? '', context)
}
