import type { RenderedSite } from "../../workspace/site/renderSite.js";
import { isoDate } from "../optionParsers.js";
import type { Verb } from "../Verb.js";

/** Options of `twin notebooks render`. */
export interface NotebooksRenderOptions {
  /** The day at which the age of evidence is judged, YYYY-MM-DD (default: age is not judged). */
  readonly asOf?: string;
  /** An earlier 99-scorecard.json: its path, or a git revision (default: the one that notebook 99 recorded). */
  readonly compare?: string;
}

/** The verb `twin notebooks render`: its options, its run and its text. */
export const notebooksRenderVerb: Verb<NotebooksRenderOptions, RenderedSite> = {
  usage: "render",
  meaning: "writes the static site/ from executed notebooks, documents and evidence",
  options: [
    {
      flags: "--as-of <date>",
      meaning: "judge the age of evidence at this day, YYYY-MM-DD (default: age is not judged)",
    },
    {
      flags: "--compare <earlier>",
      meaning:
        "show which checks turned since an earlier 99-scorecard.json, a path or a git revision " +
        "(default: the one that notebook 99 recorded)",
    },
  ],
  async run({ asOf, compare }) {
    const { evidenceHashes, judgeEvidence, scorecardId } = await import("../../analyses/99-scorecard/scorecard.js");
    const { readAllEvidence } = await import("../../io/evidence/evidenceFiles.js");
    const { readLedger } = await import("../../io/evidence/evidenceLedger.js");
    const { projectName, projectPath } = await import("../../io/projectPath.js");
    const { compareScorecards } = await import("../../scorecard/compareScorecards.js");
    const { listNotebooks } = await import("../../workspace/notebooks/notebookFiles.js");
    const { documentNames } = await import("../../workspace/site/documentNames.js");
    const { earlierScorecard } = await import("../../workspace/site/earlierScorecard.js");
    const { evidenceTiers } = await import("../../workspace/site/evidenceTiers.js");
    const { renderSite } = await import("../../workspace/site/renderSite.js");
    const day = asOf === undefined ? null : isoDate("--as-of")(asOf);
    const { scorecard, files: judged, freshness } = await judgeEvidence({ asOf: day });
    const files = await readAllEvidence();
    const recorded = projectPath("data", "evidence", `${scorecardId}.json`);
    const earlier = compare ?? (files.some(({ id }) => id === scorecardId) ? recorded : null);
    const comparison =
      earlier === null
        ? null
        : compareScorecards(await earlierScorecard(earlier), { ...scorecard, evidence: evidenceHashes(judged) });
    const site = await renderSite({
      notebooks: (await listNotebooks(projectPath())).map(({ executed }) => executed),
      documents: (await documentNames()).filter((name) => name.startsWith("docs/")).map((name) => projectPath(name)),
      evidence: files.map(({ id }) => projectPath("data", "evidence", `${id}.json`)),
      scorecard,
      tiers: await evidenceTiers(files),
      freshness,
      ledger: await readLedger(),
      compared: comparison === null ? null : { name: compare ?? "the scorecard that notebook 99 recorded", comparison },
      asOf: day,
      output: projectPath("site"),
    });
    return {
      text: `${site.files} files, ${(site.bytes / 1e6).toFixed(1)} MB; open ${projectName(site.index)}`,
      data: site,
    };
  },
};
