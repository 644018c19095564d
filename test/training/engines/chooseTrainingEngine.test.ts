import { beforeEach, describe, expect, it, vi } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { chooseTrainingEngine, type EngineChoice } from "../../../src/training/engines/chooseTrainingEngine.js";
import { makeTrainingEngine } from "../../../src/training/engines/makeTrainingEngine.js";
import type { TrainingEngine, TrainingEngineName } from "../../../src/training/engines/TrainingEngine.js";

vi.mock("../../../src/training/engines/makeTrainingEngine.js", () => ({ makeTrainingEngine: vi.fn() }));

/** A machine on which only these engines work. */
function machineWith(...working: readonly TrainingEngineName[]): void {
  vi.mocked(makeTrainingEngine).mockImplementation((name) =>
    working.includes(name)
      ? Promise.resolve({ name, adapter: `chip of ${name}` } as TrainingEngine)
      : Promise.reject(new InputError({ where: name, must: "must find a card", got: "none", mend: "buy one" })),
  );
}

const [small, large] = [256 * 12_005, 5e7];
const chosen = async (choice: EngineChoice, updateSize: number): Promise<readonly [string, string]> => {
  const { engine, reason } = await chooseTrainingEngine(choice, updateSize);
  return [engine.name, reason];
};

beforeEach(() => machineWith("simd", "typescript", "tensorflow-wasm", "tensorflow-cpu", "tensorflow-webgpu"));

describe("chooseTrainingEngine", () => {
  it("makes the engine that is named, whatever the size, and says what it computes on", async () => {
    for (const name of ["simd", "typescript", "tensorflow-cpu", "tensorflow-webgpu"] as const) {
      for (const size of [small, large])
        expect(await chosen(name, size)).toEqual([name, `asked for; computes on chip of ${name}`]);
    }
  });

  it("never takes another for a named one that cannot work", async () => {
    machineWith("simd", "typescript", "tensorflow-wasm");
    for (const name of ["tensorflow-webgpu", "tensorflow-node"] as const)
      await expect(chosen(name, large)).rejects.toThrow(`${name}: must find a card; got none; buy one`);
  });

  it("auto takes a card for large updates alone, and says why not for small ones", async () => {
    expect(await chosen("auto", large)).toEqual(["tensorflow-webgpu", "auto: computes on chip of tensorflow-webgpu"]);
    expect(await chosen("auto", small)).toEqual([
      "simd",
      "auto: computes on chip of simd; " +
        "tensorflow-webgpu does not pay for updates of 3073280 parameters times rows (from 50000000)",
    ]);
  });

  it("auto goes on to simd and then typescript where the better do not work, each with its reason", async () => {
    machineWith("simd", "typescript");
    expect(await chosen("auto", large)).toEqual([
      "simd",
      "auto: computes on chip of simd; tensorflow-webgpu is not to be had (tensorflow-webgpu: must find a card; " +
        "got none; buy one)",
    ]);
    machineWith("typescript");
    const [name, reason] = await chosen("auto", small);
    expect(name).toBe("typescript");
    expect(reason).toContain("simd is not to be had");
    machineWith();
    await expect(chosen("auto", small)).rejects.toThrow("typescript: must find a card");
  });

  it("tensorflow takes a card, else wasm, never an engine of another kind", async () => {
    expect((await chosen("tensorflow", small))[0]).toBe("tensorflow-webgpu");
    machineWith("simd", "tensorflow-wasm");
    expect(await chosen("tensorflow", small)).toEqual([
      "tensorflow-wasm",
      "tensorflow: computes on chip of tensorflow-wasm; " +
        "tensorflow-webgpu is not to be had (tensorflow-webgpu: must find a card; " +
        "got none; buy one)",
    ]);
    machineWith("simd");
    await expect(chosen("tensorflow", small)).rejects.toThrow("tensorflow-wasm: must find a card");
  });

  it("lets errors through that say the program is wrong, not the machine", async () => {
    vi.mocked(makeTrainingEngine).mockRejectedValue(new TypeError("a bug"));
    await expect(chosen("auto", large)).rejects.toThrow("a bug");
  });

  it("refuses an unknown name", async () => {
    await expect(chosen("gpu" as "auto", small)).rejects.toThrow(
      /must be one of simd, .*, tensorflow, auto; got "gpu"/,
    );
  });
});
