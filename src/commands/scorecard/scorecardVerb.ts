import type { ScorecardComparison } from "../../scorecard/compareScorecards.js";
import type { Scorecard } from "../../scorecard/Scorecard.js";
import type { Tier } from "../../workspace/site/evidenceTiers.js";
import { isoDate } from "../optionParsers.js";
import type { Verb } from "../Verb.js";

/** Options of `twin scorecard`. */
export interface ScorecardOptions {
  /** The day at which the age of evidence is judged, YYYY-MM-DD (default: age is not judged). */
  readonly asOf?: string;
  /** An earlier 99-scorecard.json: its path, or a git revision. */
  readonly compare?: string;
}

/** The scorecard with the tier of the evidence behind it. */
export interface TieredScorecard extends Scorecard {
  /** By the id of the evidence. */
  readonly tiers: Readonly<Record<string, Tier>>;
  /** With `compare` alone. */
  readonly comparison?: ScorecardComparison;
}

/** The verb `twin scorecard`: its options, its run and its text. */
export const scorecardVerb: Verb<ScorecardOptions, TieredScorecard> = {
  usage: "scorecard",
  meaning: "the readiness scorecard from committed evidence",
  options: [
    {
      flags: "--as-of <date>",
      meaning: "judge the age of evidence at this day, YYYY-MM-DD (default: age is not judged)",
    },
    {
      flags: "--compare <earlier>",
      meaning:
        "which checks turned since an earlier 99-scorecard.json, given by its path or by a git revision, and why",
    },
  ],
  async run({ asOf, compare }) {
    const { evidenceHashes, judgeEvidence } = await import("../../analyses/99-scorecard/scorecard.js");
    const { compareScorecards } = await import("../../scorecard/compareScorecards.js");
    const { formatComparison } = await import("../../scorecard/formatComparison.js");
    const { formatScorecard } = await import("../../scorecard/formatScorecard.js");
    const { earlierScorecard } = await import("../../workspace/site/earlierScorecard.js");
    const { evidenceTiers } = await import("../../workspace/site/evidenceTiers.js");
    const earlier = compare === undefined ? null : await earlierScorecard(compare);
    const { scorecard, files } = await judgeEvidence({ asOf: asOf === undefined ? null : isoDate("--as-of")(asOf) });
    const tiers = await evidenceTiers(files);
    const text = formatScorecard(scorecard, tiers);
    if (earlier === null) return { text, data: { ...scorecard, tiers } };
    const comparison = compareScorecards(earlier, { ...scorecard, evidence: evidenceHashes(files) });
    return {
      text: `${text}\n\n${formatComparison(comparison, compare!)}`,
      data: { ...scorecard, tiers, comparison },
    };
  },
};
