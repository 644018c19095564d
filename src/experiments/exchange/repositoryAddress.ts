/** Address of the repository that an origin begins with ("owner/name, path"); null where it names none. */
export function repositoryAddress(origin: string | null): string | null {
  const found = /^([\w.-]+\/[\w.-]+)(?=[ ,]|$)/.exec(origin ?? "");
  return found === null ? null : `https://github.com/${found[1]}`;
}
