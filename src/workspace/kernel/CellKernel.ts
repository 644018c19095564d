import { kernelMark } from "./marks.js";

/** The variable by which a cell's code reaches the kernel. */
export const kernelVariable: string = kernelMark;

/** What the kernel gives to the code of a cell. */
export interface CellKernel {
  /** Takes the value of the last expression. */
  result: unknown;
  readonly import: (specifier: string, options?: { readonly with?: { readonly type?: string } }) => Promise<unknown>;
  readonly meta: object;
  /** Puts the author's names into an error that the cell catches. */
  readonly cite: (thrown: unknown) => void;
  /** The iterator of a `for await` outside of functions. */
  readonly iterate: (iterable: unknown, written: string) => object;
}
