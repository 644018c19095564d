import type { RegisteredRow, Registration } from "../../../src/io/predictions/predictionLedger.js";
import { recipeHash } from "../../../src/io/predictions/recipeHash.js";

/** A registration that no model made. */
export function playedRegistration(
  name: string,
  { rows = 3, model = "a" }: { readonly rows?: number; readonly model?: string } = {},
): Registration {
  return {
    name,
    form: "table",
    model: model.repeat(64),
    remaking: {
      command: "twin train --seed 1",
      seed: 1,
      codeSha256: "b".repeat(64),
      dataSha256: null,
    },
    judging: { sentence: "A set that holds the phase is a hit.", rules: { level: 0.9 } },
    rows: Array.from({ length: rows }, (_, i) => playedRow(i)),
  };
}

function playedRow(i: number): RegisteredRow {
  return {
    recipe: `row ${i + 1}`,
    recipeSha256: recipeHash({ leadMolar: i }),
    predictions: { phase: "CsPbBr3", size: { low: 8 + i, high: 12.25, value: 10 } },
    inDomain: i % 2 === 0,
    notes: i % 2 === 0 ? [] : ["far from training rows"],
  };
}
