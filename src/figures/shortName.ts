/** A name of at most so many letters: of a longer one the middle is left out, since names often differ at their end. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const end = Math.floor((most - 1) / 3);
  return `${name.slice(0, most - 1 - end).trimEnd()}…${name.slice(name.length - end).trimStart()}`;
}
