/** The parts that openWorkbook calls of SheetJS, whose own types leave out what a dense sheet holds. */
declare module "@e965/xlsx" {
  export interface WorkbookCell {
    /** Number, text, boolean, error, or a stub without a value. */
    readonly t: "n" | "s" | "b" | "e" | "z";
    readonly v?: number | string | boolean;
    /** Its number format: "0.00%". */
    readonly z?: string;
    /** Its formula. */
    readonly f?: string;
  }
  export interface CellRange {
    readonly s: { readonly r: number; readonly c: number };
    readonly e: { readonly r: number; readonly c: number };
  }
  export interface Sheet {
    readonly "!data"?: readonly (readonly (WorkbookCell | undefined)[] | undefined)[];
    readonly "!merges"?: readonly CellRange[];
  }
  export interface Workbook {
    readonly SheetNames: readonly string[];
    readonly Sheets: Readonly<Record<string, Sheet>>;
    readonly Workbook?: {
      readonly WBProps?: { readonly date1904?: boolean };
      readonly Sheets?: readonly { readonly Hidden?: number }[];
    };
  }
  export function read(bytes: Uint8Array, options: Readonly<Record<string, unknown>>): Workbook;
}
