import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWireKernel } from "../../support/wireKernel.js";
import type { WireKernel } from "../../support/wireKernel.js";

describe("an interrupt", { timeout: 60_000 }, () => {
  let kernel: WireKernel;
  beforeAll(async () => {
    kernel = await startWireKernel();
  }, 60_000);
  afterAll(() => kernel.kill());

  // What broke: a signal that came while a cell was compiled was heard only once the loop gave way, so never.
  it.each([
    ["a loop that never gives way", "for (;;) {}"],
    ["a wait", "await new Promise(() => undefined);"],
    ["a loop behind an await", "await Promise.resolve();\nfor (;;) {}"],
  ])("that comes while a cell is compiled ends it before it is %s", async (_, end) => {
    const long = Array.from({ length: 400 }, (_, index) => `const n${index}: number[] = [${index}].map((x) => x + 1);`);
    const { reply } = await kernel.execute([...long, end].join("\n"), { onInput: () => kernel.interrupt() });
    expect(reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
    expect((await kernel.execute("1")).reply.content.status).toBe("ok");
  });

  // What broke: only the evaluation of the cell itself could be interrupted, so a module that waits held the kernel.
  it.each([
    ["waits", "await new Promise(() => undefined);\nexport {};\n"],
    ["never gives way", "for (;;) {}\nexport {};\n"],
  ])("ends a cell that imports a module which %s", async (_, text) => {
    const folder = mkdtempSync(join(tmpdir(), "module-"));
    try {
      writeFileSync(join(folder, "endless.ts"), text);
      const running = kernel.execute(`import ${JSON.stringify(join(folder, "endless"))};`);
      await delay(1000);
      kernel.interrupt();
      expect((await running).reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
      expect((await kernel.execute("1")).reply.content.status).toBe("ok");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
