const LONGEST = 40

/** A text from a file, short enough for a sentence. */
export const shown = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`)
