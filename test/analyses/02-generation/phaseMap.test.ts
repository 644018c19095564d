import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { phaseMap } from "../../../src/analyses/02-generation/phaseMap.js";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

const valueOf = (file: EvidenceFile, id: string): number | null =>
  file.measurements.find((one) => one.id === id)!.value;

it("phaseMap finds the border between CsPbBr3 and Cs4PbBr6 at less Cs:Pb the more oleylamine there is", async () => {
  const evidence = await phaseMap();
  const [acid, amine] = ["map.borderAcid", "map.borderAmine"].map((id) => valueOf(evidence, id)!);
  expect(amine).toBeLessThan(acid / 2);
  for (const border of [acid, amine]) expect(evidence.result.x.values).toContain(border);
});
