/** How much a trial broke its constraints, all together; 0 where it kept them. */
export function brokenBy(constraints: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const name in constraints) sum += Math.max(0, constraints[name]);
  return sum;
}
