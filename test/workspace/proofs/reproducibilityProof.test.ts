import { existsSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import { sourceFiles } from "../../../src/io/evidence/sourceFiles.js";
import type * as paths from "../../../src/io/projectPath.js";
import type { Verification } from "../../../src/workspace/notebooks/verifyNotebooks.js";
import { reproducibilityEvidence, reproducibilitySources } from "../../../src/workspace/proofs/reproducibilityProof.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  const real = await original<typeof paths>();
  const inside = (...parts: string[]): string =>
    place.root === "" ? real.projectPath(...parts) : path.join(place.root, ...parts);
  return {
    ...real,
    projectPath: inside,
    outputPath: inside,
    projectName: (file: string) => path.relative(inside(), file),
  };
});

const project = {
  "data/literature/facts.json": "{}",
  "notebooks/kernels/kernel.json": "{}",
  "notebooks/01-a.nb.ts": "",
  "notebooks/04-b.nb.ts": "",
  "notebooks/99-scorecard.nb.ts": "",
  "notebooks/needs.json": "{}",
  "package-lock.json": "{}",
  "src/index.ts": "",
  "src/workspace/kernel/launch.ts": "",
  "src/workspace/notebooks/verifyNotebooks.ts": "",
  "src/workspace/proofs/amidFileNoise.ts": "",
  "src/workspace/proofs/reproducibilityProof.ts": "",
};
const file = (path: string): { path: string; sha256: string } => ({ path, sha256: "0" });
const nothing: Verification = {
  passed: true,
  equal: [],
  different: [],
  missing: [],
  extra: [],
  failed: [],
  recorded: [],
  withoutThreads: [],
};

beforeEach(() => {
  place.root = temporaryProject(project);
});

/** Records the proof where each verification finds one file for each notebook, and what `found` adds. */
async function proven(
  found: Partial<Verification>,
): Promise<{ readonly evidence: EvidenceFile; readonly calls: readonly (readonly [string, string])[] }> {
  const calls: [string, string][] = [];
  vi.spyOn(console, "error").mockReturnValue();
  const evidence = await reproducibilityEvidence({
    verify: (names, { threads, node = "noise", amidNoise }) => {
      expect(amidNoise ?? false).toBe(threads === undefined && node === "noise");
      calls.push([names.join(), threads === undefined ? node : `${threads} threads`]);
      return Promise.resolve({ ...nothing, equal: names.map((name) => file(`notebooks/${name}.ipynb`)), ...found });
    },
  });
  return { evidence, calls };
}

const numbers = ({ measurements }: EvidenceFile): unknown => measurements.map(({ id, value, n }) => [id, value, n]);

describe("reproducibilityEvidence", () => {
  it("runs with other threads what could tell, the first amid noise, all on the other Node, 99 never", async () => {
    const { evidence, calls } = await proven({ withoutThreads: ["01-a"] });
    expect(calls).toEqual([
      ["01-a,04-b", "1 threads"],
      ["04-b", "2 threads"],
      ["01-a,04-b", "noise"],
      ["01-a,04-b", expect.stringMatching(/^node@22/)],
    ]);
    expect(numbers(evidence)).toEqual([
      ["CQ5.differences", 0, 7],
      ["CQ5.runs", 4, null],
      ["CQ5.workerCounts", 2, null],
    ]);
    expect(evidence.result).toMatchObject({
      runs: [{ files: 2 }, { notebooks: ["04-b"], threads: 2 }, { files: 2, amidNoise: true }, { files: 2 }],
    });
  });

  it("runs all again where nothing is known of their threads, or none uses any", async () => {
    for (const withoutThreads of [[], ["01-a", "04-b"]])
      expect((await proven({ withoutThreads })).calls.map(([names]) => names)).toEqual(Array(4).fill("01-a,04-b"));
  });

  it("counts each difference, missing or stray file and failure (planted), and none of notebook 99", async () => {
    const { evidence } = await proven({
      different: [
        { ...file("figures/01-a.svg"), rerunSha256: "1", where: "line 1", standing: "a", rerun: "b" },
        { ...file("figures/99-a.svg"), rerunSha256: "1", where: "line 1", standing: "a", rerun: "b" },
      ],
      missing: [file("data/evidence/01-a.json")],
      extra: [file("notebooks/99-old.ipynb"), file("notebooks/07-gone.ipynb")],
      failed: [{ name: "04-b", failure: { cell: 1, firstLine: "", ename: "Error", evalue: "planted", traceback: [] } }],
    });
    expect(evidence.measurements[0].value).toBe(4 * 4);
  });
});

describe("reproducibilitySources", () => {
  it("are there, and reach what notebooks call; what is left out of them no notebook but 99 reaches", async () => {
    place.root = "";
    const { projectName, projectPath } = await import("../../../src/io/projectPath.js");
    const named = reproducibilitySources.map((source) => source.replace(/^!|\/\*.*$/g, ""));
    expect(named.filter((name) => !existsSync(projectPath(name)))).toEqual([]);
    const rest = Array.from(await sourceFiles(reproducibilitySources), projectName);
    expect(rest).toContain("src/workspace/kernel/CellRunner.ts");
    expect(rest).toContain("src/training/trainingWorker.ts");
    // Lists of names alone reach everything.
    const called = rest.filter((path) => /^src\//.test(path) && !/\/index\.ts$/.test(path));
    expect(called.length).toBeGreaterThan(100);
    const reached = Array.from(await sourceFiles(called), projectName);
    const left = reproducibilitySources.flatMap((source) => (source.startsWith("!") ? [source.slice(1)] : []));
    expect(reached.filter((path) => left.some((one) => path.startsWith(one)))).toEqual([]);
  });
});
