import type * as fs from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { renderSvg } from "../../../src/figures/render/renderSvg.js";
import { makeTrainingEngine } from "../../../src/training/engines/makeTrainingEngine.js";
import { examineMachine, formatExamination, type Finding } from "../../../src/commands/doctor/examineMachine.js";
import { startKernel, type KernelClient } from "../../../src/workspace/kernel/KernelClient.js";
import { fakeProgram, temporaryFolder } from "../../support/fakePrograms.js";

// The real kernel and a real figure are tried once, by the test of `twin doctor` in test/cli.test.ts.
vi.mock("../../../src/workspace/kernel/KernelClient.js", () => ({ startKernel: vi.fn() }));
vi.mock("../../../src/figures/render/renderSvg.js", () => ({ renderSvg: vi.fn() }));
vi.mock("../../../src/training/engines/makeTrainingEngine.js", { spy: true });
// A .venv of this checkout would be found whatever stands on PATH.
vi.mock("node:fs", async (original) => {
  const { existsSync, ...rest } = await original<typeof fs>();
  return { ...rest, existsSync: (path: string) => !path.includes(".venv") && existsSync(path) };
});

const shutdown = vi.fn(() => Promise.resolve());

function kernelThatAnswers(
  error: { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] } | null,
): void {
  vi.mocked(startKernel).mockResolvedValue({
    execute: () => Promise.resolve({ error }),
    shutdown,
  } as unknown as KernelClient);
}

/** Examines a machine on whose PATH there is nothing but these shell scripts. */
async function examined(
  programs: Readonly<Record<string, string>> = {},
  chromium?: string,
): Promise<{
  readonly passed: boolean;
  readonly of: (part: string) => Finding;
  readonly findings: readonly Finding[];
}> {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(programs)) fakeProgram(join(folder, name), script);
  vi.stubEnv("PATH", folder);
  vi.stubEnv("CHROMIUM", chromium === undefined ? undefined : join(folder, chromium));
  try {
    const { passed, findings } = await examineMachine();
    return { passed, findings, of: (part) => findings.find((finding) => finding.part === part)! };
  } finally {
    vi.unstubAllEnvs();
  }
}

beforeEach(() => {
  vi.mocked(makeTrainingEngine).mockRestore();
  shutdown.mockClear();
  kernelThatAnswers(null);
  vi.mocked(renderSvg).mockResolvedValue("<svg/>");
});

describe("examineMachine", () => {
  it("passes with everything that reproduce needs, though optional parts are absent, each with its mend", async () => {
    const { passed, findings, of } = await examined();
    expect(passed).toBe(true);
    expect(["Node", "kernel", "tables", "figures"].map((part) => of(part).state)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(of("Chromium")).toEqual({
      part: "Chromium",
      state: "absent",
      detail: "not found (optional)",
      mend: "only the browser tests look for it: install it, or set CHROMIUM to its path",
    });
    expect(of("JupyterLab")).toMatchObject({
      state: "absent",
      mend: "only for editing: `npm run lab` installs it into .venv",
    });
    expect(findings.every(({ state, mend }) => (state === "ok") === (mend === ""))).toBe(true);
  });

  it("starts every engine of training; only simd must work", async () => {
    const { of } = await examined();
    for (const engine of ["simd", "typescript", "tensorflow-wasm", "tensorflow-cpu"])
      expect(of(`engine ${engine}`)).toMatchObject({
        state: "ok",
        detail: expect.stringMatching(/^computes on /) as string,
      });
    vi.mocked(makeTrainingEngine).mockImplementation((name) =>
      Promise.reject(new InputError({ where: name, must: "must be there", got: "nothing", mend: `install ${name}` })),
    );
    const { of: then, passed } = await examined();
    expect(then("engine tensorflow-webgpu")).toEqual({
      part: "engine tensorflow-webgpu",
      state: "absent",
      detail: "must be there; got nothing",
      mend: "install tensorflow-webgpu",
    });
    expect([then("engine simd").state, passed]).toEqual(["missing", false]);
  });

  it("does not pass with a kernel that will not start, and says why", async () => {
    vi.mocked(startKernel).mockRejectedValue(new Error("the kernel ended with code 1"));
    const { passed, of } = await examined();
    expect(passed).toBe(false);
    expect(of("kernel")).toEqual({
      part: "kernel",
      state: "missing",
      detail: "the kernel ended with code 1",
      mend: "run `npm ci`, then `npm run build`",
    });
  });

  it("does not pass with a kernel whose cells cannot import the package, and shuts it down", async () => {
    kernelThatAnswers({ ename: "TypeScriptError", evalue: "Cannot find module", traceback: [] });
    const { passed, of } = await examined();
    expect(passed).toBe(false);
    expect(of("kernel").detail).toBe("a cell that imports the package fails: TypeScriptError: Cannot find module");
    expect(shutdown).toHaveBeenCalledTimes(1);
  });

  it("does not pass where no figure can be drawn", async () => {
    vi.mocked(renderSvg).mockRejectedValue(new Error("no fonts"));
    const { passed, of } = await examined();
    expect([passed, of("figures").state, of("figures").detail]).toEqual([false, "missing", "no fonts"]);
  });

  it.skipIf(process.platform === "win32")(
    "takes a browser and a Jupyter by what they answer, not because they lie there (shell scripts: not on Windows)",
    async () => {
      const { of } = await examined(
        { mine: 'echo "Chromium 1.2.3"; echo more', jupyter: '[ "$*" = "lab --version" ] && echo 4.5.6' },
        "mine",
      );
      expect([of("Chromium").detail, of("JupyterLab").detail]).toEqual(["Chromium 1.2.3", "4.5.6"]);
      const broken = await examined(
        {
          mine: "exit 1",
          chromium: "exit 1",
          "google-chrome": 'echo "Chrome 9"',
          jupyter: '[ "$*" = "--version" ] && echo 5',
        },
        "mine",
      );
      expect([broken.of("Chromium").detail, broken.of("JupyterLab").state, broken.passed]).toEqual([
        "Chrome 9",
        "absent",
        true,
      ]);
    },
  );
});

describe("formatExamination", () => {
  const findings: readonly Finding[] = [
    { part: "Node", state: "ok", detail: "20.19.0", mend: "" },
    { part: "kernel", state: "missing", detail: "does not start", mend: "run `npm ci`" },
    { part: "Chromium", state: "absent", detail: "not found (optional)", mend: "install it" },
  ];

  it("has a line for each part, with the mend below what is not there, and ends with the verdict", () => {
    expect(formatExamination({ passed: false, findings }).split("\n")).toEqual([
      "ok       Node                       20.19.0",
      "MISSING  kernel                     does not start",
      "                                     mend: run `npm ci`",
      "absent   Chromium                   not found (optional)",
      "                                     mend: install it",
      "`npm run reproduce` will fail here until the parts marked MISSING are mended",
    ]);
    expect(formatExamination({ passed: true, findings: [findings[0]] })).toMatch(
      /\neverything that `npm run reproduce` needs works$/,
    );
  });
});
