import type { Estimate } from "./Estimate.js";

/** An estimate as a cell of a table: "0.717 [0.703, 0.730]". */
export function estimateInWords({ value, interval: { low, high } }: Estimate): string {
  return `${inDigits(value)} [${inDigits(low)}, ${inDigits(high)}]`;
}

/** Three decimals; what rounds to nothing has no sign. */
function inDigits(number: number): string {
  return number.toFixed(3).replace(/^-(?=0\.000$)/, "");
}
