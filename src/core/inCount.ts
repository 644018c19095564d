/** A count with its word: "1 trial", "2 trials". */
export function inCount(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
