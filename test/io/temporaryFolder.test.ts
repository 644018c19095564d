import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../src/io/temporaryFolder.js";
import { processSpace } from "../../src/io/runningProcess.js";
import { temporaryProject } from "../support/temporaryProject.js";

afterEach(() => vi.unstubAllEnvs());

it("temporaryFolder refuses where there is none for it, and removes those whose maker was killed", () => {
  const root = temporaryProject();
  vi.stubEnv("TMPDIR", join(root, "none"));
  expect(temporaryFolder).toThrow(/none: the folder for temporary files must exist and be writable; got ENOENT/);
  vi.stubEnv("TMPDIR", root);
  const [dead, foreign] = [`twin-${processSpace()}-999999999-1-abcdef`, "twin-00000000-1-1-abcdef"];
  for (const name of [dead, foreign, "twin-test-abcdef"]) mkdirSync(join(root, name, "below"), { recursive: true });
  const made = temporaryFolder();
  expect(
    readdirSync(root)
      .map((name) => join(root, name))
      .sort(),
  ).toEqual([made, join(root, foreign), join(root, "twin-test-abcdef")].sort());
});
