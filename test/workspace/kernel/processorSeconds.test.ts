import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { processorSeconds } from "../../../src/workspace/kernel/processorSeconds.js";

describe("processorSeconds", () => {
  it.skipIf(!existsSync("/proc/self/stat"))(
    "tells what a process has used (skipped where there is no /proc)",
    async () => {
      const before = process.cpuUsage();
      const told = (await processorSeconds(process.pid))!;
      const after = process.cpuUsage();
      // The system counts in hundredths.
      expect(told).toBeGreaterThan((before.user + before.system) / 1e6 - 0.05);
      expect(told).toBeLessThan((after.user + after.system) / 1e6 + 0.05);
    },
  );

  it("is null for a process that is not there", async () => {
    expect(await processorSeconds(2 ** 30)).toBeNull();
  });
});
