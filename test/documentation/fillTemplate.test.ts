import { describe, expect, it } from "vitest";
import { fillTemplate } from "../../src/documentation/fillTemplate.js";
import { accuracy, batches, evidenceFile, leaks } from "./someEvidence.js";

const files = [evidenceFile("04-models", accuracy), evidenceFile("03-split", leaks, batches), evidenceFile("02-other")];

describe("fillTemplate", () => {
  it("puts the value with its interval and n in the place of its id, linked to the evidence file", () => {
    expect(fillTemplate("Right: {MP1.accuracy}.", files)).toEqual({
      text: "Right: [83.6 % [83 %, 84.2 %] (n = 4,001)](../data/evidence/04-models.json).",
      used: ["04-models"],
      missing: [],
    });
  });

  it("says UNKNOWN for what is in no file, and for what a file says was not measured", () => {
    const { text, used, missing } = fillTemplate("{MP5.error} and {DQ6.batches}", files);
    expect(text).toBe(
      "UNKNOWN (`MP5.error` is not measured) and [UNKNOWN (nobody wrote them down)](../data/evidence/03-split.json)",
    );
    expect([used, missing]).toEqual([["03-split"], ["MP5.error"]]);
  });

  it("names each file used once, sorted, and leaves braces alone that hold no id", () => {
    const { text, used } = fillTemplate("{MP1.accuracy} {DQ2.leaks} {DQ2.leaks} {no id} {} {alone}", files);
    expect(used).toEqual(["03-split", "04-models"]);
    expect(text).toMatch(/ \{no id\} \{\} \{alone\}$/);
  });

  it("refuses an id that two files claim, but only if it is asked for", () => {
    const claimed = [...files, evidenceFile("05-again", accuracy)];
    expect(() => fillTemplate("{MP1.accuracy}", claimed)).toThrow(
      "{MP1.accuracy} must come from one evidence file; got 04-models and 05-again",
    );
    expect(fillTemplate("{DQ2.leaks}", claimed).used).toEqual(["03-split"]);
  });
});
