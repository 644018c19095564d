import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { DocumentCommand } from "../../../src/documentation/documentCommands.js";
import { runDocumentCommands } from "../../../src/workspace/proofs/runDocumentCommands.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const root = temporaryProject({
  "a.txt": "kept\n",
  "data/real/b.csv": "private\n",
  "data/literature/c.json": "{}\n",
  "node_modules/d.js": "\n",
  ".twin/e": "\n",
});
const command = (text: string, notRun: string | null = null): DocumentCommand => ({
  document: "a.md",
  line: 1,
  command: text,
  notRun,
});
const codes = async (...commands: readonly DocumentCommand[]): Promise<(number | null)[]> =>
  (await runDocumentCommands(commands, { root, timeoutSeconds: 2 })).map(({ code }) => code);

describe("runDocumentCommands", () => {
  it("runs each command after what the ones before it left, and leaves the project alone", async () => {
    expect(
      await codes(command("echo x > made.txt && rm a.txt"), command("test -f made.txt && test ! -f a.txt")),
    ).toEqual([0, 0]);
    expect([existsSync(join(root, "made.txt")), existsSync(join(root, "a.txt"))]).toEqual([false, true]);
  });

  it("reports a command that fails (planted) with its last words, and goes on", async () => {
    const runs = await runDocumentCommands([command("echo sorry >&2; exit 3"), command("true")], { root });
    expect(runs.map(({ code, words }) => [code, words])).toEqual([
      [3, "sorry\n"],
      [0, ""],
    ]);
  });

  it("does not run what carries a reason", async () => {
    expect(await codes(command("exit 1", "needs a GPU"))).toEqual([null]);
  });

  it("ends a command that takes too long, with what it started", async () => {
    const started = performance.now();
    const [{ code }] = await runDocumentCommands([command("sleep 30 & sleep 30")], { root, timeoutSeconds: 0.2 });
    expect(code).toBeNull();
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("hides from commands that npm started it, or `npx` would leave the copy", async () => {
    vi.stubEnv("npm_config_local_prefix", "/elsewhere");
    vi.stubEnv("INIT_CWD", "/elsewhere");
    vi.stubEnv("PATH", `/elsewhere/node_modules/.bin:${process.env.PATH}`);
    expect(
      await codes(
        command("! echo $PATH | grep -q /elsewhere"),
        command('test -z "$npm_config_local_prefix$INIT_CWD"'),
        command('test "$npm_config_cache" = "$PWD/.npm"'),
      ),
    ).toEqual([0, 0, 0]);
    vi.unstubAllEnvs();
  });

  it("gives commands the installed packages and the committed data, not tables that were fetched", async () => {
    expect(
      await codes(
        command("test -f node_modules/d.js"),
        command("test -f data/literature/c.json"),
        command("test ! -e data/real"),
        command("test ! -e .twin"),
      ),
    ).toEqual([0, 0, 0, 0]);
  });
});
