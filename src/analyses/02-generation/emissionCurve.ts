import { emissionPeak } from "../../chemistry/optics.js";
import { photonEnergy } from "../../chemistry/units.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { acceptanceEmission } from "../../experiments/acceptanceCases.js";
import type { SizeEmission } from "../../figures/plotSizeEmission.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { curatedFiles } from "./curatedFiles.js";
import { evenGrid, rounded } from "./grids.js";

/** Emission against size, with the law's uncertainty. */
export async function emissionCurve(): Promise<EvidenceFile<Omit<SizeEmission, "id">>> {
  return recordedEvidence(
    { id: "02-generation-emission", inputs: curatedFiles, source: moduleSource(import.meta.url), labels: "simulated" },
    async () => {
      const emission = await acceptanceEmission();
      const curve = [...evenGrid(2.5, 20, 71), emissionError.borderNanometre - 1e-3]
        .sort((a, b) => a - b)
        .map((size) => {
          const peak = emissionPeak(size);
          const error = size < emissionError.borderNanometre ? emissionError.small : emissionError.large;
          return {
            size: rounded(size),
            peak: rounded(peak),
            low: rounded(photonEnergy(photonEnergy(peak) + error)),
            high: rounded(photonEnergy(photonEnergy(peak) - error)),
          };
        });
      const errors = emission.map(({ sizeNanometre, photoluminescencePeakNanometre }) =>
        Math.abs(emissionPeak(sizeNanometre) - photoluminescencePeakNanometre),
      );
      return {
        result: {
          curve,
          points: emission.map(({ fact, sizeNanometre, photoluminescencePeakNanometre }) => ({
            size: sizeNanometre,
            peak: photoluminescencePeakNanometre,
            label: `constants of a public lab code, fact ${fact}, no paper`,
            doi: "",
          })),
          bulk: rounded(emissionPeak(Number.NaN)),
          weakBelow: emissionError.borderNanometre,
        },
        measurements: [
          measurement({
            id: "emission.worstError",
            meaning:
              "largest error of the emission law on three constants of a public lab code, to which it was fitted",
            value: Math.max(...errors),
            unit: "nm",
            n: errors.length,
          }),
        ],
      };
    },
  );
}

/** ± of the emission law in eV: for particles above and below 4 nm. */
const emissionError = { large: 0.015, small: 0.06, borderNanometre: 4 } as const;
