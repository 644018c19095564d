import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/io/sha256.js";
import { formatVerification } from "../../../src/workspace/notebooks/formatVerification.js";
import { runNotebooks } from "../../../src/workspace/notebooks/runNotebooks.js";
import { filesBelow } from "../../../src/io/filesBelow.js";
import {
  verifyNotebooks,
  type Verification,
  type VerifyOptions,
} from "../../../src/workspace/notebooks/verifyNotebooks.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { get, playedKernel, put } from "../playedKernel.js";

const first =
  '// %%\nwrite("figures/01-a.svg", "<svg>\\n<text>a</text>\\n</svg>");\n' +
  'write("data/evidence/01-a.json", JSON.stringify({ inputs: { "data/real/t.csv": "0" }, value: 1 }));\n';
const second = '// %%\nprint(read("data/evidence/01-a.json"));\n';
const series = { "notebooks/01-one.nb.ts": first, "notebooks/02-two.nb.ts": second, "data/real/t.csv": "t" };
const all = ["data/evidence/01-a.json", "figures/01-a.svg", "notebooks/01-one.ipynb", "notebooks/02-two.ipynb"];

describe("verifyNotebooks", () => {
  it("finds every file equal after a run, with hashes", async () => {
    const { root, verify } = await ranProject();
    const found = await verify();
    expect(found).toMatchObject({ passed: true, different: [], missing: [], extra: [], failed: [], recorded: [] });
    expect(found.equal.map(({ path }) => path)).toEqual(all);
    expect(found.equal[1].sha256).toBe(sha256(get(root, "figures/01-a.svg")!));
    expect(formatVerification(found)).toBe("Verified: 4 equal, 0 different, 0 missing, 0 extra");
  });

  it("names the place and both values of each planted difference", async () => {
    const { root, verify } = await ranProject();
    put(root, "figures/01-a.svg", "<svg>\n<text>b</text>\n</svg>");
    put(root, "data/evidence/01-a.json", get(root, "data/evidence/01-a.json")!.replace('"value":1', '"value":2'));
    const { passed, different, equal } = await verify();
    expect(passed).toBe(false);
    expect(different.map(({ path, where, standing, rerun }) => [path, where, standing, rerun])).toEqual([
      ["data/evidence/01-a.json", "value", "2", "1"],
      ["figures/01-a.svg", "line 2, column 7", "<text>b</text>", "<text>a</text>"],
      // The second notebook prints the evidence that stands, not what the re-run of the first one gave.
      [
        "notebooks/02-two.ipynb",
        "cells[0].outputs[0].text[0]",
        expect.stringContaining('\\"value\\":1') as unknown,
        expect.stringContaining('\\"value\\":2') as unknown,
      ],
    ]);
    expect(equal.map(({ path }) => path)).toEqual(["notebooks/01-one.ipynb"]);
  });

  it("names what is missing and what no notebook writes", async () => {
    const { root, verify } = await ranProject();
    rmSync(join(root, "figures/01-a.svg"));
    for (const path of ["figures/01-old.svg", "data/evidence/07-gone.json", "notebooks/07-gone.ipynb"])
      put(root, path, "{}");
    put(root, "data/evidence/01-proof.json", '{"madeBy": "assure"}');
    put(root, "data/evidence/assure-code.json", "{}");
    const { missing, extra, passed } = await verify();
    expect(passed).toBe(false);
    expect(missing.map(({ path }) => path)).toEqual(["figures/01-a.svg"]);
    expect(extra.map(({ path }) => path)).toEqual([
      "figures/01-old.svg",
      "data/evidence/07-gone.json",
      "notebooks/07-gone.ipynb",
    ]);
  });

  it("lists evidence whose input is not here as compared, not recomputed", async () => {
    const { root, verify } = await ranProject();
    rmSync(join(root, "data/real"), { recursive: true });
    expect(await verify()).toMatchObject({ passed: true, recorded: ["data/evidence/01-a.json"] });
  });

  it("tells a failing notebook from its files and goes on with the next", async () => {
    const { root, verify } = await ranProject();
    put(root, "notebooks/01-one.nb.ts", '// %%\nthrow new Error("planted");\n');
    const found = await verify();
    expect(found).toMatchObject({
      passed: false,
      missing: [],
      extra: [],
      different: [],
      failed: [{ name: "01-one", failure: { cell: 1, evalue: "planted" } }],
    });
    expect(found.equal.map(({ path }) => path)).toEqual(["notebooks/02-two.ipynb"]);
  });

  it("runs the notebooks named alone, still finds what no notebook writes, and knows no other name", async () => {
    const { root, verify } = await ranProject();
    put(root, "figures/07-gone.svg", "");
    const found = await verify({ names: ["02-two"] });
    expect(found.equal.map(({ path }) => path)).toEqual(["notebooks/02-two.ipynb"]);
    expect(found.extra.map(({ path }) => path)).toEqual(["figures/07-gone.svg"]);
    await expect(verify({ names: ["03-three"] })).rejects.toThrow(
      /notebooks must be of 01-one, 02-two; got "03-three"/,
    );
  });

  it("tells which notebooks used no threads; one whose kernel said nothing, or failed, may have", async () => {
    const { root, verify } = await ranProject();
    const { execute: played } = playedKernel(root);
    const said = (words: Readonly<Record<string, string>>): Promise<Verification> =>
      verify({
        execute: (notebook, options) => {
          const report = options.environment!.TWIN_THREADS_REPORT;
          const name = /([\w-]+)\.threads$/.exec(report)![1];
          if (name in words) writeFileSync(report, words[name]);
          return played(notebook, options);
        },
      });
    expect((await said({})).withoutThreads).toEqual([]);
    const words = { "01-one": "none", "02-two": "a thread was started" };
    expect(await said(words)).toMatchObject({ passed: true, withoutThreads: ["01-one"] });
    put(root, "notebooks/01-one.nb.ts", '// %%\nthrow new Error("planted");\n');
    expect((await said(words)).withoutThreads).toEqual([]);
  });

  it("leaves the project as it was, whatever it finds", async () => {
    const { root, verify } = await ranProject();
    put(root, "figures/01-a.svg", "edited");
    put(root, "notebooks/02-two.nb.ts", '// %%\nthrow new Error("planted");\n');
    const before = await contents(root);
    await verify();
    expect(await contents(root)).toEqual(before);
  });
});

describe("formatVerification", () => {
  it("names every file that is not as it stands", () => {
    const file = (path: string): { path: string; sha256: string } => ({ path, sha256: "0" });
    const found: Verification = {
      passed: false,
      equal: [file("a"), file("b")],
      different: [
        { ...file("figures/01-a.svg"), rerunSha256: "1", where: "line 2, column 7", standing: "b", rerun: "a" },
      ],
      missing: [file("figures/01-b.svg")],
      extra: [file("figures/01-c.svg")],
      failed: [
        {
          name: "02-two",
          failure: {
            cell: 3,
            firstLine: "run();",
            ename: "TypeError",
            evalue: "no",
            traceback: ["TypeError: no", "  at cell 3, line 1"],
          },
        },
      ],
      recorded: ["data/evidence/01-a.json"],
      withoutThreads: [],
    };
    expect(formatVerification(found).split("\n")).toEqual([
      "failed     02-two, cell 3 `run();`: TypeError: no",
      "    at cell 3, line 1",
      "different  figures/01-a.svg, line 2, column 7",
      "             stands: b",
      "             re-run: a",
      "missing    figures/01-b.svg (the re-run wrote it)",
      "extra      figures/01-c.svg (no notebook writes it)",
      "recorded   data/evidence/01-a.json (an input is not on this machine: compared, not recomputed)",
      "NOT verified: 2 equal, 1 different, 1 missing, 1 extra, 1 failed to run",
    ]);
  });
});

async function ranProject(): Promise<{ root: string; verify: (options?: VerifyOptions) => Promise<Verification> }> {
  const root = temporaryProject(series);
  const { execute } = playedKernel(root);
  await runNotebooks({ root, execute });
  return { root, verify: (options) => verifyNotebooks({ root, execute, ...options }) };
}

async function contents(root: string): Promise<Record<string, string | null>> {
  const paths = (await filesBelow(root)).filter((path) => !path.startsWith(".twin/"));
  return Object.fromEntries(paths.map((path) => [path, get(root, path)]));
}
