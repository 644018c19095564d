/** A whole number with commas between its thousands. The language's own formatting takes 50 ms to load. */
export function groupedDigits(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
