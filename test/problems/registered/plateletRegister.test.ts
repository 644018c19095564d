import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { LedgerLine } from "../../../src/io/predictions/predictionLedger.js";
import { plateletRegister } from "../../../src/problems/registered/plateletRegister.js";
import type { JudgedRow } from "../../../src/problems/registered/RegisterKind.js";
import { scoreGroups } from "../../../src/problems/registered/scoreGroups.js";
import { plateCells, platesRegistration } from "./playedPlates.js";

const registration = platesRegistration("plates", plateCells(60));
const lines = registration.rows.map((row, i): LedgerLine => {
  const { name, form, model, remaking, judging } = registration;
  const chained = { line: i + 1, row: i + 1, of: 60, day: "2026-11-29", previous: "", sha256: "" };
  return { ...chained, ...row, name, form, model, remaking, judging };
});

/** What is not known stands with its reason. */
function unexplained(scores: unknown, path = ""): readonly string[] {
  if (typeof scores === "number") return Number.isFinite(scores) ? [] : [`${path} is ${scores}`];
  if (scores === null || typeof scores !== "object") return [];
  const own = scores as Readonly<Record<string, unknown>>;
  const isBare = "interval" in own && own.interval === null && typeof own.reason !== "string";
  return [
    ...(isBare ? [`${path} has no reason`] : []),
    ...Object.entries(own).flatMap(([name, value]) => unexplained(value, `${path}.${name}`)),
  ];
}

describe("scores of platelets", () => {
  it("are numbers or unknown with a reason, however few outcomes came and whatever they are (property)", () => {
    const told = fc.record({
      formed: fc.constantFrom(null, 0, 1),
      peak: fc.constantFrom(null, 470, 480.5),
      width: fc.constantFrom(null, 20, 25),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(told, fc.nat(3)), { minLength: 1, maxLength: 60 }), (rows) => {
        const judged = rows.map(([one, group], i): JudgedRow => ({
          line: lines[i],
          told: one,
          group: `recipe ${group}`,
          by: {},
        }));
        for (const { scores } of scoreGroups(plateletRegister, judged, seededRandom(1)))
          expect(unexplained(scores)).toEqual([]);
      }),
      // A file that tells peaks alone: the area under the curve of no rows was an error.
      { numRuns: 60, examples: [[[[{ formed: null, peak: 470, width: null }, 0]]]] },
    );
  });

  it("are not made of a register that says something else", () => {
    const strange = { ...lines[0], predictions: { phase: "CsPbBr3" } };
    const row: JudgedRow = { line: strange, told: { formed: 1, peak: 470, width: 20 }, group: "a", by: {} };
    expect(() => plateletRegister.score([row], seededRandom(1))).toThrow(
      /registered prediction 1, of "sample 1" in "plates": must have what its kind of register predicts; got peak/,
    );
  });
});
