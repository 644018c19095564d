/** Columns that are told about, at most. */
const mostNotes = 10;

/** Tells notes, one of a column, as far as they are few: of the others how many there are. */
export function tellColumns(notes: readonly string[], onNote: (note: string) => void): void {
  notes.slice(0, mostNotes).forEach(onNote);
  if (notes.length > mostNotes) onNote(`and ${notes.length - mostNotes} more columns like these`);
}
