import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { twinCalls, type TwinCall } from "../support/twinCalls.js";
import { projectPath } from "../../src/io/projectPath.js";
import { documentNames } from "../../src/workspace/site/documentNames.js";

const isBuilt = existsSync(projectPath("dist", "cli.js"));
if (!isBuilt) console.warn("twinCommand: skipped: dist/cli.js is missing, run `npm run build`");

/** What the command says of itself. Asked of the parent, so that a verb that is not there is not asked. */
const helps = new Map<string, string>();
function help(...verb: readonly string[]): string {
  const key = verb.join(" ");
  if (!helps.has(key))
    helps.set(
      key,
      execFileSync(process.execPath, [projectPath("dist", "cli.js"), ...verb, "--help"], { encoding: "utf8" }),
    );
  return helps.get(key)!;
}

const verbsIn = (text: string): string[] =>
  Array.from((/^Commands:\n([\s\S]*)/m.exec(text)?.[1] ?? "").matchAll(/^ {2}([a-z][a-z-]*)/gm), ([, name]) => name);

/** What the command does not know of a call; none if all of it stands. */
function unknownIn({ words, flags }: TwinCall): string[] {
  const verb: string[] = [];
  let text = help();
  for (const word of words) {
    const verbs = verbsIn(text);
    if (verbs.length === 0) break;
    if (!verbs.includes(word)) return [[...verb, word].join(" ")];
    verb.push(word);
    text = help(...verb);
  }
  return flags.filter((flag) => !new RegExp(`(?<![\\w-])${flag}(?![\\w-])`).test(text));
}

const names = await documentNames();

describe.runIf(isBuilt)("the `twin` command of the documents", () => {
  it.each(names)(
    "is called in %s by verbs and options that it has",
    (name) => {
      const calls = twinCalls(readFileSync(projectPath(name), "utf8"));
      expect(calls.flatMap((call) => unknownIn(call).map((what) => `${name}, line ${call.line}: ${what}`))).toEqual([]);
    },
    60_000,
  );

  it("is caught where a verb or an option is wrong (planted)", () => {
    const calls = twinCalls(
      "`twin generate --row 5` `twin notebooks walk` `twin quality a.csv --label phase` `twin fly`",
    );
    expect(calls.map(unknownIn)).toEqual([["--row"], ["notebooks walk"], [], ["fly"]]);
  });
});
