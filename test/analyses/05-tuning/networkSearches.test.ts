import { expect, it } from "vitest";
import { networkDefaults, standingEpochs } from "../../../src/analyses/05-tuning/networkSearches.js";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { phaseNetwork, phaseTraining } from "../../../src/problems/phase/phaseNetwork.js";
import { phaseTrialJob } from "../../../src/problems/phase/phaseSearch.js";

it("networkDefaults are the network of all notebooks, trained as there but for its patience", () => {
  const rows = { train: Uint32Array.of(0), tune: Uint32Array.of(1) };
  const data = { features: makeMatrix(["x"], Float32Array.of(1, 2)), labels: Uint8Array.of(0, 1) };
  const { layers, options } = phaseTrialJob(networkDefaults, data, rows, { epochs: standingEpochs });
  expect(layers).toEqual(phaseNetwork);
  expect(options).toEqual({ ...phaseTraining, dropout: 0, patience: Infinity });
});
