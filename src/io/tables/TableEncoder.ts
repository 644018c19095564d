import type { Schema } from "../../core/Schema.js";
import type { Column } from "../../core/Table.js";

/** Some rows of a table on their way into a file, checked. */
export interface Chunk {
  readonly numRows: number;
  /** In the order of the schema. */
  readonly columns: readonly Column[];
  /** Which columns of numbers can be written as they stand: none is missing, and none is zero (which may be -0). */
  readonly plain: readonly boolean[];
}

export interface EncodeOptions {
  readonly schema: Schema;
  /** The file as messages name it. */
  readonly where: string;
  /** A path beside the file that no one else uses, for an encoder that needs one; it removes what it puts there. */
  readonly scratch: string;
  /** Whether a CSV begins with the names of its columns. */
  readonly header: boolean;
  /** Whether a CSV tells -0 from 0 (default false). */
  readonly signedZero?: boolean;
}

/**
 * Turns the rows of a table into the bytes of a file. There is at least one chunk, maybe
 * without rows. How the rows are cut into chunks leaves no trace in the bytes. The pieces
 * stay as they are until the pieces after the next are asked for: while some are written,
 * the next are made, and then their memory is used again.
 */
export type TableEncoder = (
  chunks: AsyncIterable<Chunk>,
  options: EncodeOptions,
) => AsyncIterable<readonly Uint8Array[]>;
