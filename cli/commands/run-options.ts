import { type Command, InvalidArgumentError, Option } from 'commander'

export function withRunOptions(command: Command): Command {
  return withProjectOptions(command)
    .addOption(
      new Option('--switch <names>', 'failure switches of the target to throw for the run, comma-separated')
        .argParser((text, before: readonly string[]) => [...before, ...text.split(',')])
        .default([], 'none'),
    )
    .option('--port <number>', 'first of the ports that the target may take', port)
    .option('--target <file>', 'description of a target that is already running')
    .option('--wait', 'wait for a target that another run is measuring', false)
    .option('--allow-undecidable', 'also run what cannot be decided in this length', false)
    .option('--seed <number>', 'seed of everything that is drawn', wholeNumber, 1)
    .option('--plain', 'one line a fact, nothing redrawn', false)
}

export function withProjectOptions(command: Command): Command {
  return command
    .option('--config <file>', 'gauntlet.config.ts, when it is not here or above')
    .option('--json', 'print one JSON document on stdout', false)
}

export function port(text: string): number {
  const number = wholeNumber(text)
  if (number < 1024 || number > 65_000) throw new InvalidArgumentError('1024 to 65000 is expected.')
  return number
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is expected.')
  return Number(text)
}
