import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";

let folder = "";
beforeAll(() => {
  // Inside the project, where the kernel finds its packages.
  mkdirSync(projectPath(".twin"), { recursive: true });
  folder = mkdtempSync(projectPath(".twin", "narrow-"));
  copyFileSync(projectPath("test", "notebooks", "live-timers.nb.ts"), join(folder, "a.nb.ts"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `twin notebooks run` says and its exit code, started by a line of shell. */
function run(
  shell: string,
  environment: NodeJS.ProcessEnv = {},
): { readonly said: string; readonly code: number | null } {
  const { stderr, status } = spawnSync(
    "sh",
    [
      "-c",
      `${shell} "$@"`,
      "sh",
      process.execPath,
      projectPath("dist", "cli.js"),
      "notebooks",
      "run",
      join(folder, "a.nb.ts"),
    ],
    { encoding: "utf8", env: { ...process.env, ...environment } },
  );
  return { said: stderr, code: status };
}

describe.skipIf(process.platform === "win32")(
  "twin notebooks run (skipped on Windows: no shell, no limits)",
  { timeout: 60_000 },
  () => {
    it("says so where there is no folder for temporary files", () => {
      const { said, code } = run("exec", { TMPDIR: "/no/such" });
      expect(code).toBe(2);
      expect(said).toBe(
        "/no/such: the folder for temporary files must exist and be writable; got ENOENT; " +
          "create it, or set TMPDIR to another one\n",
      );
    });

    it("says so where 64 files are all that may be open", () => {
      const { said, code } = run("ulimit -n 64; exec");
      expect(code).toBe(2);
      expect(said).toMatch(/must be allowed to open some hundred files.*ulimit -n 1024`\n$/);
    });

    it("runs with an empty HOME", () => {
      expect(run("exec", { HOME: "" }).code).toBe(0);
    });
  },
);
