import { describe, expect, it } from "vitest";
import { documentCommands } from "../../src/documentation/documentCommands.js";

const commands = (markdown: string): string[] => documentCommands(markdown, "a.md").map(({ command }) => command);

describe("documentCommands", () => {
  it("takes each line of shell blocks, with its place, and no other block", () => {
    const markdown =
      "Text `npm x`.\n\n```sh\nnpm ci\n\nnpm test\n```\n\n```ts\nconst a = 1;\n```\n\n~~~bash\nls\n~~~\n";
    expect(documentCommands(markdown, "docs/a.md")).toEqual([
      { document: "docs/a.md", line: 4, command: "npm ci", notRun: null },
      { document: "docs/a.md", line: 6, command: "npm test", notRun: null },
      { document: "docs/a.md", line: 14, command: "ls", notRun: null },
    ]);
  });

  it("leaves comments out, but not a # that is quoted or inside a word", () => {
    expect(
      commands("```sh\n# all of it\nnpm ci   # installs\necho 'a # b' \"#\" a#b $#\necho it's # so\n```\n"),
    ).toEqual(["npm ci", "echo 'a # b' \"#\" a#b $#", "echo it's"]);
  });

  it("joins lines that end in a backslash", () => {
    expect(commands("```sh\ntwin generate \\\n  --rows 10 \\\n  --seed 1\nls\n```\n")).toEqual([
      "twin generate --rows 10 --seed 1",
      "ls",
    ]);
  });

  it("carries the reason why a block is not run", () => {
    expect(documentCommands('```sh no-run="needs a GPU"\nnpm i x\n```\n', "a.md")).toMatchObject([
      { command: "npm i x", notRun: "needs a GPU" },
    ]);
  });

  it.each(['no-run=""', "no-run", 'no-run="  "', "norun"])("refuses a block marked %s (planted)", (info) => {
    expect(() => documentCommands(`\`\`\`sh ${info}\nls\n\`\`\`\n`, "a.md")).toThrow(
      'a.md, line 1: a block that is not run must say no-run="why"',
    );
  });

  it("asks nothing of blocks in other languages", () => {
    expect(commands('```json title="x"\n{}\n```\n')).toEqual([]);
  });
});
