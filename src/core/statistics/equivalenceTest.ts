import { InputError } from "../InputError.js";
import { studentTest, type StudentTestKind } from "./studentTest.js";

/** Whether two means differ by less than a margin. */
export interface EquivalenceTest {
  readonly difference: number;
  /** The larger of those of the two one-sided tests; null where nothing varies. */
  readonly pValue: number | null;
}

/**
 * Two one-sided tests (TOST): small p says that two means differ by less than the margin, either way.
 *
 * @param options.margin  above 0, in the unit of the numbers
 * @param options.kind    as for studentTest
 * @throws InputError if the margin is not above 0; as studentTest
 * @see Schuirmann 1987, doi:10.1007/BF01068419
 *
 * @example
 * ```ts
 * import { equivalenceTest } from "cspbbr3-twin";
 *
 * const { pValue } = equivalenceTest([5, 6, 7, 6, 6], [6, 6, 7, 5, 6.5], { margin: 2 });
 * console.log(pValue?.toFixed(4));
 * // 0.0016
 * ```
 */
export function equivalenceTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { margin, kind }: Pick<StudentTestKind, "kind"> & { readonly margin: number },
): EquivalenceTest {
  if (!(margin > 0 && margin < Infinity))
    throw new InputError({
      where: "equivalenceTest",
      must: "the margin must be above 0",
      got: String(margin),
      mend: "give the difference that would not matter",
    });
  const above = studentTest(first, second, { kind, against: -margin, side: "larger" });
  const below = studentTest(first, second, { kind, against: margin, side: "smaller" });
  const pValue = above.pValue === null || below.pValue === null ? null : Math.max(above.pValue, below.pValue);
  return { difference: above.difference, pValue };
}
