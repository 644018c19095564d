import type { MaternKernel } from "./maternKernel.js";

/**
 * @param names   of the features
 * @param caller  function that the message names
 * @throws RangeError if a variance or length is not above 0 and finite, or there is not one length per feature
 */
export function checkKernel({ variance, lengths }: MaternKernel, names: readonly string[], caller: string): void {
  if (!(variance > 0 && variance < Infinity))
    throw new RangeError(`${caller}: the variance of a kernel must be above 0 and finite; got ${variance}`);
  if (lengths.length !== names.length)
    throw new RangeError(
      `${caller}: a kernel needs one length per feature; got ${lengths.length} for ${names.length} features`,
    );
  for (let j = 0; j < names.length; j++)
    if (!(lengths[j] > 0 && lengths[j] < Infinity))
      throw new RangeError(`${caller}: lengths must be above 0 and finite; ${names[j]} has ${lengths[j]}`);
}
