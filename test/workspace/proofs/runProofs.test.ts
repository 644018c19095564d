import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { measurement } from "../../../src/core/Evidence.js";
import { recordedEvidence } from "../../../src/io/evidence/evidenceFiles.js";
import { readLedger } from "../../../src/io/evidence/evidenceLedger.js";
import type { Proof } from "../../../src/workspace/proofs/Proof.js";
import { runProofs, type ProofsRun, type RunProofsOptions } from "../../../src/workspace/proofs/runProofs.js";
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

const put = (name: string, text: string): void => writeFileSync(join(place.root, name), text);
const evidence = (name: string): string => join(place.root, "data/evidence", `assure-${name}.json`);

/** A proof that its file in src holds what it held; a file that begins with "throw" gives no evidence. */
function proofOf(name: string): Proof {
  const source = `src/${name}.ts`;
  const id = `assure-${name}`;
  const compute = () => {
    const text = readFileSync(join(place.root, source), "utf8");
    if (text.startsWith("throw")) throw new Error("planted");
    const value = text.startsWith("absent") ? null : text.length;
    const reason = value === null ? "no such program" : null;
    const one = measurement({ id: `${name}.length`, meaning: "length", value, unit: "letters", reason });
    return Promise.resolve({ result: null, measurements: [one] });
  };
  const record = () => recordedEvidence({ id, inputs: [], source, madeBy: "assure" }, compute);
  return { name, id, about: `${name} holds`, record };
}

const proofs = ["first", "second", "third"].map(proofOf);

/** Runs them on a clock on which each proof takes 100 seconds. */
async function run(options: RunProofsOptions = {}): Promise<ProofsRun & { readonly said: string }> {
  const lines: string[] = [];
  let clock = 0;
  const run = await runProofs(proofs, { say: (text) => lines.push(text), now: () => (clock += 100_000), ...options });
  return { ...run, said: lines.join("\n") };
}

beforeEach(() => {
  place.root = temporaryProject({ "src/first.ts": "1", "src/second.ts": "22", "src/third.ts": "333" });
});

describe("runProofs", () => {
  it("runs all in their order, or those named, and dates their evidence", async () => {
    expect((await run({ names: ["third", "second"] })).recorded).toEqual(["second", "third"]);
    expect(existsSync(evidence("first"))).toBe(false);
    expect((await run()).recorded).toEqual(["first", "second", "third"]);
    expect((await readLedger()).map(({ id }) => id)).toEqual(["assure-second", "assure-third", "assure-first"]);
  });

  it("runs the void ones alone with --stale: never recorded, changed, or with a number missing", async () => {
    expect((await run({ stale: true })).recorded).toEqual(["first", "second", "third"]);
    expect((await run({ stale: true })).recorded).toEqual([]);
    put("src/second.ts", "23");
    expect((await run({ stale: true, names: ["first"] })).recorded).toEqual([]);
    expect((await run({ stale: true })).recorded).toEqual(["second"]);
    put("src/third.ts", "absent");
    expect((await run({ stale: true })).recorded).toEqual(["third"]);
    const { recorded, said } = await run({ stale: true });
    expect(recorded).toEqual(["third"]);
    expect(said).toContain("third.length was not measured: no such program");
  });

  it("says beforehand which are void and why, and how long each took last time on this machine", async () => {
    const { said } = await run({ names: ["first"] });
    expect(said.split("\n").slice(0, 8)).toEqual([
      "first            runs      void   how long it takes is not known here: first holds",
      "                 nothing was recorded",
      "second           left out  void   how long it takes is not known here: second holds",
      "                 nothing was recorded",
      "third            left out  void   how long it takes is not known here: third holds",
      "                 nothing was recorded",
      "To run: 1, and how long that takes is not known here.",
      "",
    ]);
    await run({ names: ["second"] });
    put("src/second.ts", "23");
    expect((await run({ stale: true })).said.split("\n").slice(0, 6)).toEqual([
      "first            left out  holds  took 2 min last time: first holds",
      "second           runs      void   took 2 min last time: second holds",
      "                 src/second.ts changed since assure-second was made",
      "third            runs      void   how long it takes is not known here: third holds",
      "                 nothing was recorded",
      "To run: 2, 2 min by their last times, and 1 of which it is not known.",
    ]);
    expect(readFileSync(evidence("first"), "utf8")).not.toContain("100");
    expect((await run({ stale: true })).said).toContain("Nothing to run.");
  });

  it("leaves earlier evidence and its time where a proof comes to no end, says so, and runs the others", async () => {
    await run();
    const before = readFileSync(evidence("second"), "utf8");
    put("src/second.ts", "throw");
    put("src/third.ts", "changed");
    const { recorded, failed, said } = await run({ stale: true });
    expect([recorded, failed]).toEqual([["third"], ["second"]]);
    expect(said).toContain("second came to no end, and data/evidence/assure-second.json stands as it was: planted");
    expect(readFileSync(evidence("second"), "utf8")).toBe(before);
    expect((await run({ stale: true })).failed).toEqual(["second"]);
  });

  it("takes a file of times that is damaged for one that knows nothing", async () => {
    await run();
    for (const damaged of ["{", "null", '{"first": "long"}']) {
      put(".twin/assure-times.json", damaged);
      expect((await run({ stale: true })).said).toContain("how long it takes is not known here: first holds");
    }
  });

  it("knows no other name", async () => {
    await expect(run({ names: ["fourth"] })).rejects.toThrow(/proofs must be of first, second, third; got "fourth"/);
  });
});
