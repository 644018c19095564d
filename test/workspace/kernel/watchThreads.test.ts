import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startKernel } from "../../../src/workspace/kernel/KernelClient.js";
import { noThreads } from "../../../src/workspace/kernel/watchThreads.js";
import { temporaryFolder } from "../../support/fakePrograms.js";
import { notebookFolder } from "../kernelNotebook.js";

describe("watchThreads", { timeout: 120_000 }, () => {
  it("tells when cells read the number of threads, or start a thread or a process, and nothing else", async () => {
    const file = join(temporaryFolder(), "threads");
    const environment = { TWIN_THREADS_REPORT: file, TWIN_WORKERS: "1" };
    const kernel = await startKernel({ directory: notebookFolder, environment });
    const after = async (code: string): Promise<string> => {
      const { error } = await kernel.execute(code);
      expect(error).toBeNull();
      return readFileSync(file, "utf8");
    };
    try {
      for (const harmless of [
        'import { phaseNames } from "cspbbr3-twin";\nconsole.log(phaseNames.length);',
        "process.env.PATH;",
        "Object.keys(process.env).length;",
        'process.env.OWN = "1"; process.env.OWN = "2"; if (process.env.OWN !== "2") throw new Error(process.env.OWN);',
        "delete process.env.OWN; if (process.env.OWN !== undefined) throw new Error(process.env.OWN);",
      ])
        expect([harmless, await after(harmless)]).toEqual([harmless, noThreads]);
      const worker = 'import { Worker } from "node:worker_threads";\nnew Worker("1", { eval: true }).unref();';
      expect(await after(worker)).toBe("a thread was started");
      expect(await after('if (process.env.TWIN_WORKERS !== "1") throw new Error();')).toBe("TWIN_WORKERS was read");
      expect(await after('import { execFileSync } from "node:child_process";\nexecFileSync("true");')).toMatch(
        /^(?:TWIN_WORKERS was read|a process was started)$/,
      );
      expect(await after('if (!("TWIN_WORKERS" in process.env)) throw new Error();')).toBe(
        "TWIN_WORKERS was looked for",
      );
      expect(await after('if ({ ...process.env }.TWIN_WORKERS !== "1") throw new Error();')).toBe(
        "TWIN_WORKERS was read",
      );
    } finally {
      await kernel.shutdown();
    }
  });
});
