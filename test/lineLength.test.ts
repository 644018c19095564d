import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { projectPath } from "../src/io/projectPath.js";

const most = 120;
/** A URL, DOI or hash cannot be broken. */
const longestBreakable = 60;

/** Lines that are too long, although they could be broken, as "file: line". */
function tooLong(path: string, source: string): string[] {
  return source.split("\n").flatMap((line, index) => {
    const unbreakable = line.split(" ").some((token) => token.length > longestBreakable);
    return line.length > most && !unbreakable ? [`${path}: ${index + 1}`] : [];
  });
}

it("no line of TypeScript is over 120 characters, but for what cannot be broken", () => {
  const tracked = execFileSync("git", ["ls-files", "src", "test", "bench", "notebooks/*.nb.ts"], {
    cwd: projectPath(),
    encoding: "utf8",
  });
  const files = tracked.split("\n").filter((path) => path.endsWith(".ts") && !path.startsWith("test/notebooks/"));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((path) => tooLong(path, readFileSync(projectPath(path), "utf8")))).toEqual([]);
});

it("finds a line that could be broken, and lets a long address stand", () => {
  expect(tooLong("a.ts", `${"word ".repeat(25)}\nshort`)).toEqual(["a.ts: 1"]);
  expect(tooLong("a.ts", `// see the paper at https://${"a".repeat(110)}`)).toEqual([]);
});
