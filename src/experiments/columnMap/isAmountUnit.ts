import { quantityOf } from "../../chemistry/units.js";

const amounts: ReadonlySet<string | undefined> = new Set([
  "amount",
  "mass",
  "volume",
  "concentration",
  "mass concentration",
]);

/** Whether a unit measures how much of something there is: mL, mmol, mg, mM. */
export function isAmountUnit(unit: string | undefined): boolean {
  return unit !== undefined && amounts.has(quantityOf(unit));
}
