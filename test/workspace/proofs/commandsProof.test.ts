import { describe, expect, it, vi } from "vitest";
import { commandsProof } from "../../../src/workspace/proofs/commandsProof.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  const inside = (...parts: string[]): string => path.join(place.root, ...parts);
  return {
    ...(await original<object>()),
    projectPath: inside,
    outputPath: inside,
    projectName: (file: string) => path.relative(place.root, file),
  };
});

describe("commandsProof", () => {
  it("counts commands that run and those that fail (planted), each in a copy of its own", async () => {
    vi.spyOn(console, "log").mockReturnValue();
    const told = vi.spyOn(console, "error").mockReturnValue();
    place.root = temporaryProject({
      "package-lock.json": "{}",
      "package.json": "{}",
      "src/a.ts": "export {};\n",
      "README.md": '```sh\ntrue\ntouch made\n```\n\n```sh no-run="needs a GPU"\nfalse\n```\n',
      "docs/b.md": "```sh\ntest ! -e made\necho gone; exit 4\n```\n",
      "docs/c.md": "Words.\n",
    });
    const { measurements, inputs } = await commandsProof.record();
    expect(measurements.map(({ id, value, n }) => [id, value, n])).toEqual([
      ["DOC4.failedCommands", 1, 4],
      ["DOC4.commands", 4, null],
      ["documents.commandsNotRun", 1, null],
    ]);
    expect(Object.keys(inputs).sort()).toEqual(["README.md", "docs/b.md", "package-lock.json", "package.json"]);
    expect(told).toHaveBeenCalledExactlyOnceWith("docs/b.md, line 3: echo gone; exit 4\ngone\n");
  });
});
