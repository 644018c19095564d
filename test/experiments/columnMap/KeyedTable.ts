/** A table with what each of its headers means. */
export interface KeyedTable {
  readonly name: string;
  readonly ending: "csv" | "tsv" | "json";
  readonly text: string;
  /** "column | unit", "measure | reagent | unit", or "-" for what is not to be read; of several right ones a list. */
  readonly right: Readonly<Record<string, string | readonly string[]>>;
}
