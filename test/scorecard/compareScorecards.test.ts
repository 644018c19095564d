import { describe, expect, it } from "vitest";
import { compareScorecards, type JudgedScorecard } from "../../src/scorecard/compareScorecards.js";
import { computeScorecard } from "../../src/scorecard/computeScorecard.js";
import { formatComparison } from "../../src/scorecard/formatComparison.js";
import type { Exhibit } from "../../src/scorecard/judgeCheck.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { exhibit } from "./exhibits.js";

const judged = (
  exhibits: readonly Exhibit[],
  evidence: Readonly<Record<string, string>> = {},
  sha256?: string,
): JudgedScorecard => ({
  ...computeScorecard(rubric, exhibits),
  evidence,
  ...(sha256 === undefined ? {} : { rubric: { sha256 } }),
});
const share = exhibit({ id: "DQ7.share", value: 1 }, { file: "01-a" });

describe("compareScorecards", () => {
  it("finds nothing between a scorecard and itself", () => {
    const { changed, before, after } = compareScorecards(judged([share]), judged([share]));
    expect(changed).toEqual([]);
    expect(before).toEqual(after);
  });

  it("names each check that turned, why, and which evidence is new, gone or other", () => {
    expect(compareScorecards(judged([]), judged([share], { "01-a": "1" })).changed).toEqual([
      {
        id: "DQ7",
        before: "UNKNOWN",
        after: "PASS",
        why: "was NO_EVIDENCE: DQ7.share has not been measured; 01-a is new",
      },
    ]);
    expect(compareScorecards(judged([share], { "01-a": "1" }), judged([])).changed).toEqual([
      {
        id: "DQ7",
        before: "PASS",
        after: "UNKNOWN",
        why: "NO_EVIDENCE: DQ7.share has not been measured; 01-a is gone",
      },
    ]);
    const worse = exhibit({ id: "DQ7.share", value: 0.5 }, { file: "01-a" });
    expect(
      compareScorecards(judged([share], { "01-a": "1", "02-b": "1" }), judged([worse], { "01-a": "2", "02-b": "2" }))
        .changed[0].why,
    ).toBe("BELOW_THRESHOLD: DQ7.share = 0.5, wanted exactly 1; 01-a is other than before");
  });

  it("says that checks came or went with the rubric, and whether the rubric is the same", () => {
    const [one, ...others] = judged([]).checks;
    const shorter = { ...judged([], {}, "old"), checks: others };
    expect(compareScorecards(shorter, judged([], {}, "new"))).toMatchObject({
      sameRubric: false,
      changed: [{ id: one.id, before: null, after: "UNKNOWN", why: "the rubric did not ask for it before" }],
    });
    expect(compareScorecards(judged([], {}, "x"), { ...shorter, rubric: { sha256: "x" } })).toMatchObject({
      sameRubric: true,
      changed: [{ id: one.id, before: "UNKNOWN", after: null, why: "the rubric no longer asks for it" }],
    });
    expect(compareScorecards(judged([]), judged([], {}, "x")).sameRubric).toBeNull();
  });
});

describe("formatComparison", () => {
  it("gives the score before and now, a line per change, and warns of another rubric", () => {
    expect(
      formatComparison(compareScorecards(judged([], {}, "a"), judged([share], { "01-a": "1" }, "b")), "HEAD~1").split(
        "\n",
      ),
    ).toEqual([
      "Against HEAD~1",
      "  before 0.0 of 100 (shown 0.0, 100.0 possible): NOT_SHOWN",
      "  now    2.5 of 100 (shown 2.5, 100.0 possible): NOT_SHOWN",
      "  The rubric has changed in between: the scores are not of one scale.",
      "  DQ7  UNKNOWN -> PASS: was NO_EVIDENCE: DQ7.share has not been measured; 01-a is new",
    ]);
    expect(formatComparison(compareScorecards(judged([]), judged([])), "a.json")).toMatch(
      /\n {2}no check changed its status$/,
    );
  });
});
