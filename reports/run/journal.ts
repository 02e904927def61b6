import { type Static, type TProperties, Type } from 'typebox'
import { Label, Microseconds } from './ids.ts'

const closed = { additionalProperties: false } as const

function fact<Kind extends string, Fields extends TProperties>(kind: Kind, fields: Fields) {
  return Type.Object(
    { schema: Type.Literal('gauntlet/journal/1'), atUs: Microseconds, kind: Type.Literal(kind), ...fields },
    closed,
  )
}

/** A process of the target as it was when we acted on it. */
export const ProcessVictim = Type.Object(
  { name: Type.String(), pid: Type.Integer(), startedAt: Type.Integer() },
  closed,
)

/** What else can be hit is known by its name alone. */
const NamedVictim = Type.Object(
  { kind: Type.Enum(['link', 'switch', 'container', 'machine', 'other']), name: Type.String() },
  closed,
)

/** What a fault acts on. */
export const Victim = Type.Union([ProcessVictim, NamedVictim])

/** Said to people: what it does. */
const does = Type.String()

/** A request to the target's control, or to a process of ours that carries faults. */
const RequestUndo = Type.Object(
  {
    /** left out in records of when there was no other kind */
    kind: Type.Optional(Type.Literal('request')),
    method: Type.Enum(['PUT', 'POST', 'DELETE']),
    url: Type.String({ pattern: '^http://' }),
    socketPath: Type.Optional(
      Type.String({ description: 'a Unix socket that is asked instead of the host of the address' }),
    ),
    tokenFile: Type.Optional(Type.String()),
    body: Type.Optional(Type.Unknown()),
    doneIfSaid: Type.Optional(
      Type.String({ description: 'a refusal with these words means that nothing is left to be taken back' }),
    ),
    /** what is no longer there carries no fault: of a carrier of ours, or of what it may have forgotten */
    goneIsDone: Type.Optional(Type.Boolean()),
    onlyAfterSuccess: Type.Optional(
      Type.Boolean({ description: 'sent only when every step before it was done' }),
    ),
    does,
  },
  closed,
)

/** A signal to a process that is still the one on which we acted. */
const SignalUndo = Type.Object(
  { kind: Type.Literal('signal'), victim: ProcessVictim, signal: Type.Enum(['SIGCONT']), does },
  closed,
)

/** What we put into a namespace; the names are such as only we give, so that nothing else can be meant. */
const OwnRules = Type.Union([
  Type.Object(
    { what: Type.Literal('nft-table'), name: Type.String({ pattern: '^gauntlet_[a-z0-9_]{1,120}$' }) },
    closed,
  ),
  Type.Object(
    {
      what: Type.Literal('tc-qdisc'),
      device: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$' }),
      /** its major number, hexadecimal; the kernel's own begin at 8001 */
      handle: Type.String({ pattern: '^[4-7][0-9a-f]{3}$' }),
    },
    closed,
  ),
])

/**
 * The command that deletes rules of ours, by nft or tc in that namespace. Not its words: what is read from a journal
 * must never become any other command.
 */
const CommandUndo = Type.Object(
  {
    kind: Type.Literal('command'),
    /** the inode of the network namespace: gone when nobody is in it */
    namespace: Type.Integer({ minimum: 1 }),
    deletes: OwnRules,
    does,
  },
  closed,
)

/** The clock of a process is right again: `+0` in the file that says what libfaketime adds to it. */
const ClockUndo = Type.Object(
  { kind: Type.Literal('clock'), offsetFile: Type.String({ pattern: '^/' }), does },
  closed,
)

/** The disk of a process is as fast as before: limits of the kernel's own files, and a group that bears our name. */
const DiskUndo = Type.Object(
  {
    kind: Type.Literal('disk'),
    /** a cgroup of ours: whoever is in it goes to the one above, and it is removed */
    group: Type.Optional(Type.String({ pattern: '^/sys/fs/cgroup/(.*/)?gauntlet-[a-z0-9-]+$' })),
    limits: Type.Array(
      Type.Object(
        {
          path: Type.String({
            pattern: '^/sys/fs/cgroup/.*/(io\\.max|blkio\\.throttle\\.(read|write)_bps_device)$',
          }),
          value: Type.String({ pattern: '^[0-9]+:[0-9]+ ([0-9]+|[rw]bps=([0-9]+|max))$' }),
        },
        closed,
      ),
    ),
    does,
  },
  closed,
)

/** The soft limit on open files of a process that is still the one on which we acted. */
const DescriptorsUndo = Type.Object(
  {
    kind: Type.Literal('descriptors'),
    victim: ProcessVictim,
    softLimit: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('unlimited')]),
    does,
  },
  closed,
)

const UndoStep = Type.Union([RequestUndo, SignalUndo, CommandUndo, ClockUndo, DiskUndo, DescriptorsUndo])

/** One after the other; a step that fails does not keep the others from being done. */
const StepsUndo = Type.Object(
  { kind: Type.Literal('steps'), steps: Type.Array(UndoStep, { minItems: 1 }), does },
  closed,
)

/** What takes something back, as plain data: whoever holds it can do it when the harness is gone, and do it twice. */
export const Undo = Type.Union([...UndoStep.anyOf, StepsUndo])

/** The undo of a fault, and which: whoever holds it sends it when the harness is gone. */
const HeldFault = Type.Object(
  { kind: Type.Literal('fault'), undo: Undo, injection: Type.String(), experiment: Type.String() },
  closed,
)
const HeldSwitch = Type.Object({ kind: Type.Literal('switch'), undo: Undo, switch: Type.String() }, closed)

/** The way back from a fault or a switch, as plain data. */
export const HeldUndo = Type.Union([HeldFault, HeldSwitch])

const by = Type.Enum(['harness', 'guardian'])
/** `people`: neither of ours, of a fault that others were to take back; it may have been the platform itself */
const byWhom = Type.Enum(['harness', 'guardian', 'people'])
const injection = { injection: Type.String({ description: 'RUN/EXPERIMENT/N' }), experiment: Label }
const seen = Type.String({ description: 'what the probe saw, in words' })

/** The journal: append-only, one JSON line a fact, synced before a fault acts. */
export const JournalEntry = Type.Union(
  [
    fact('run-started', { run: Type.String() }),
    fact('target-ready', { name: Type.String(), version: Type.String() }),
    fact('switch-throwing', { switch: Label, undo: Undo }),
    fact('switch-thrown', { switch: Label }),
    fact('switch-undone', { switch: Label, by }),
    fact('switch-undo-failed', { switch: Label, by, seen }),
    /** second 0: the load's first tick as seen in the stream, or the start of the first driver */
    fact('second-zero', {}),
    fact('phase-started', { phase: Label }),
    fact('phase-ended', { phase: Label }),
    fact('load-ended', {}),
    fact('drain-started', {}),
    fact('drain-ended', {
      open: Type.Union([Type.Integer(), Type.Null()], { description: 'ids still open; null when not known' }),
    }),
    fact('hypothesis', {
      experiment: Label,
      when: Type.Enum(['before', 'after']),
      probe: Label,
      held: Type.Boolean(),
      seen,
    }),
    fact('status-check', { experiment: Label, check: Label, held: Type.Boolean(), seen }),
    fact('fault-injecting', { ...injection, victims: Type.Array(Victim), undo: Undo }),
    fact('fault-injected', { ...injection }),
    fact('fault-confirmed', { ...injection, seen }),
    fact('fault-mismatch', { ...injection, seen }),
    fact('fault-unproven', { ...injection, seen }),
    fact('fault-undoing', { ...injection, by }),
    fact('fault-undone', { ...injection, by: byWhom }),
    fact('fault-normal', { ...injection, by: byWhom, seen }),
    fact('undo-failed', { ...injection, by, seen }),
    /** a person at the terminal pressed Enter: he knows that something is wrong */
    fact('people-noticed', {}),
    fact('audit-failed', { audit: Label, seen }),
    fact('guard-alarm', {
      objective: Label,
      seen: Type.String({ description: 'what made it alarm, in words' }),
    }),
    /** a guard on the machine's own health: nothing that was measured on it holds */
    fact('machine-alarm', { seen: Type.String({ description: 'what it lacked, in words' }) }),
    /** read again when the load is over: another version than at the start is another target */
    fact('target-seen-last', { version: Type.String() }),
    fact('stopped', { by: Type.Enum(['person', 'guard', 'machinery']), reason: Type.String() }),
    fact('residue', { found: Type.Array(Type.String()) }),
    fact('run-ended', {
      outcome: Type.Enum(['completed', 'aborted', 'interrupted', 'failed']),
      why: Type.Optional(Type.String({ description: 'of a run that failed: what our machinery said' })),
      hint: Type.Optional(Type.String({ description: 'what would mend that' })),
    }),
  ],
  { description: 'One line of journal.ndjson' },
)

export type HeldUndo = Static<typeof HeldUndo>
export type Undo = Static<typeof Undo>
export type RequestUndo = Static<typeof RequestUndo>
export type CommandUndo = Static<typeof CommandUndo>
export type DiskUndo = Static<typeof DiskUndo>
export type DescriptorsUndo = Static<typeof DescriptorsUndo>
export type UndoStep = Static<typeof UndoStep>
export type ProcessVictim = Static<typeof ProcessVictim>
export type Victim = Static<typeof Victim>
export type JournalEntry = Static<typeof JournalEntry>
export type JournalKind = JournalEntry['kind']

type WithoutHead<Entry> = Entry extends unknown ? Omit<Entry, 'schema' | 'atUs'> : never
/** What a caller tells the journal; schema and time are added as it is written. */
export type JournalFact = WithoutHead<JournalEntry>
