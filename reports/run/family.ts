import { GauntletError } from './errors.ts'

/** Members that are found by name: the built-ins, and those that a project adds through the same door. */
export interface Family<Member> {
  /** in the order in which they were added */
  all(): readonly Member[]
  names(): readonly string[]
  find(name: string): Member | undefined
  /** Refuses a second member of a name; the same one again changes nothing. */
  add(...members: readonly Member[]): void
}

/** A family of `things`, such as "kinds of probe", with its built-ins. */
export function createFamily<Member>(
  things: string,
  nameOf: (member: Member) => string,
  builtIns: readonly Member[],
): Family<Member> {
  const members = new Map<string, Member>()
  const add = (member: Member): void => {
    const name = nameOf(member)
    const known = members.get(name)
    if (known !== undefined && known !== member)
      throw new GauntletError('NAME_TAKEN', `there are two ${things} called "${name}"`, {
        hint: `give yours another name; taken: ${[...members.keys()].join(', ')}`,
      })
    members.set(name, member)
  }
  builtIns.forEach(add)
  return {
    all: () => [...members.values()],
    names: () => [...members.keys()],
    find: (name) => members.get(name),
    add: (...more) => more.forEach(add),
  }
}
