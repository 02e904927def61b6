import { Type } from 'typebox'
import { duration, parseDuration } from '../../../reports/run/index.ts'
import { CommandProbe } from '../planned-probe.ts'
import { type ProbeKind, SomeTime } from '../probe-kind.ts'

const CommandSettings = Type.Object(
  {
    program: Type.String({ minLength: 1, description: 'a program; no shell reads it' }),
    args: Type.Optional(Type.Array(Type.String())),
    timeout: Type.Optional(SomeTime),
  },
  { additionalProperties: false, description: 'a program with its arguments, run in the project' },
)

/** What a program answers. No shell stands between: nothing is expanded, and no pipe is laid. */
export const commandKind: ProbeKind<typeof CommandSettings, CommandProbe> = {
  kind: 'command',
  settings: CommandSettings,
  planned: CommandProbe,
  fields: ['exitCode', 'stdout'],
  normal: 0,
  mistakes: ({ program }) =>
    /\s/.test(program) && !program.includes('/')
      ? [
          {
            path: ['program'],
            message: 'a program with blanks in its name',
            hint: 'its arguments stand in args',
          },
        ]
      : [],
  plan: ({ program, args = [], timeout = '5s' }, head) => ({
    ...head,
    kind: 'command',
    program,
    args,
    timeoutMs: parseDuration(timeout) ?? 0,
  }),
  outOfReach: () => undefined,
  subject: ({ program, args }) => [program, ...args].join(' '),
  ask: async ({ program, args, timeoutMs }, { context: { exec, projectRoot }, signal }) => {
    const running = exec.start({ file: program, args, cwd: projectRoot, timeoutMs })
    const breakOff = (): void => void running.stop()
    signal?.addEventListener('abort', breakOff, { once: true })
    const ended = await running.ended.finally(() => signal?.removeEventListener('abort', breakOff))
    if (ended.failedToStart !== null) return { silent: `not started: ${ended.failedToStart}` }
    if (ended.timedOut) return { silent: `no end within ${duration(timeoutMs)}` }
    if (ended.exitCode === null) return { silent: `ended by ${ended.signal ?? 'nobody knows what'}` }
    // As a shell's $(…) gives it: without the ends of its last lines.
    return { fields: { exitCode: ended.exitCode, stdout: ended.stdout.replace(/[\r\n]+$/, '') } }
  },
}
