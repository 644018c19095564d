import { outcomeFields } from "../chemistry/recipeSchema.js";

/**
 * The nearest value that a number of a product can have: none is below 0, and a share is at most 1.
 *
 * @param column  of outcomes
 */
export function possibleValue(column: string, value: number): number {
  const most = outcomeFields[column].unit === "1" ? 1 : Infinity;
  return Math.min(Math.max(value, 0), most);
}
