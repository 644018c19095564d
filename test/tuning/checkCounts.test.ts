import { expect, it } from "vitest";
import { gaussianSampler } from "../../src/tuning/samplers/gaussianSampler.js";
import { tpeSampler } from "../../src/tuning/samplers/tpeSampler.js";
import { halvingPruner } from "../../src/tuning/pruners/halvingPruner.js";
import { medianPruner } from "../../src/tuning/pruners/medianPruner.js";
import { patiencePruner } from "../../src/tuning/pruners/patiencePruner.js";
import { wilcoxonPruner } from "../../src/tuning/pruners/wilcoxonPruner.js";

const fit = (): never => {
  throw new Error("not asked for");
};

it.each([
  [
    "proposals that are no numbers",
    () => tpeSampler({ candidates: 0 }),
    /tpeSampler: candidates must .* at least 1; got 0/,
  ],
  ["a start that never ends", () => tpeSampler({ startup: NaN }), /tpeSampler: startup must .* at least 0; got NaN/],
  ["a process of one point", () => gaussianSampler({ fit, startup: 1 }), /gaussianSampler: startup must .* at least 2/],
  ["no point to look at", () => gaussianSampler({ fit, candidates: 0 }), /gaussianSampler: candidates must .* got 0/],
  ["halves of a rung", () => halvingPruner({ first: 1.5 }), /halvingPruner: first must be a whole number, at least 1/],
  ["a median of nothing", () => medianPruner({ least: 0 }), /medianPruner: least must be a whole number, at least 1/],
  ["no patience", () => patiencePruner({ patience: NaN }), /patiencePruner: patience must be a whole number/],
  ["a least that is no number", () => patiencePruner({ least: NaN }), /patiencePruner: least must be a number/],
  [
    "a level in per cent",
    () => wilcoxonPruner({ level: 10 }),
    /wilcoxonPruner: the level must lie in \(0, 1\); got 10/,
  ],
])("samplers and pruners refuse options that would make %s", (_, make, message) => {
  expect(make).toThrow(message);
});
