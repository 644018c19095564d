/** Name of the file that says what a folder does not hold. */
const name = "NOT_HELD.md";

/** What a folder does not hold, as a file in it; no file where nothing is lost. */
export function notHeldFile(format: string, notHeld: readonly string[]): Readonly<Record<string, string>> {
  if (notHeld.length === 0) return {};
  const lines = notHeld.map((one) => `- ${one}`);
  const head = `# What ${format} cannot hold of this table\n\n`;
  const tail = "\n\nNothing of it is lost in `--format frictionless` or `--format croissant`.\n";
  return { [name]: `${head}${lines.join("\n")}${tail}` };
}
