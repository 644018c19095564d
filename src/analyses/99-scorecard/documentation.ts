import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { alertsWithoutRunbook } from "../../documentation/alertsWithoutRunbook.js";
import { approvalsOf } from "../../documentation/approvalsOf.js";
import { contextSections, datasheetQuestions } from "../../documentation/requiredHeadings.js";
import { fillTemplate } from "../../documentation/fillTemplate.js";
import { openQuestions } from "../../documentation/openQuestions.js";
import { unlinkedNumbers, type DocumentNumbers } from "../../documentation/unlinkedNumbers.js";
import { readAllEvidence, recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { outputPath, projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { alertIds } from "../../monitoring/alerts.js";

/** What the documents that a person must be able to rely on still lack. */
export interface Documentation {
  readonly unlinkedNumbers: DocumentNumbers["unlinked"];
  /** Measurements that the model card asks for and nobody has made. */
  readonly notMeasured: readonly string[];
  readonly openQuestions: readonly string[];
  /** SHA-256 of the context of use as an approval must name it. */
  readonly contextOfUse: string;
  readonly approvedBy: readonly string[];
}

const template = "docs/model-card.template.md";
const datasheet = "docs/datasheet.md";
const contextOfUse = "docs/context-of-use.md";

/**
 * Notebook 99: writes the model card with numbers from evidence, and judges it, the datasheet, the context of use
 * and the runbooks. Evidence of notebook 99 itself is not shown on the card: the scorecard there judges the card.
 */
export async function documentation(): Promise<EvidenceFile<Documentation>> {
  const evidence = (await readAllEvidence()).filter(({ id }) => !id.startsWith("99-"));
  const { text: card, used, missing: notMeasured } = fillTemplate(await readText(projectPath(template)), evidence);
  const inputs = [template, datasheet, contextOfUse, ...used.map((id) => `data/evidence/${id}.json`)];
  return recordedEvidence({ id: "99-documentation", inputs, source: moduleSource(import.meta.url) }, async () => {
    await writeAtomic(outputPath("docs", "model-card.md"), card);
    const { linked, unlinked } = unlinkedNumbers(card, evidence);
    const open = openQuestions(await readText(projectPath(datasheet)), datasheetQuestions);
    const context = approvalsOf(await readText(projectPath(contextOfUse)), contextSections);
    const approvedBy = context.approvals
      .filter((approval) => approval.sha256 === sha256(context.text))
      .map(({ name }) => name);
    return {
      result: {
        unlinkedNumbers: unlinked,
        notMeasured,
        openQuestions: open,
        contextOfUse: sha256(context.text),
        approvedBy,
      },
      measurements: [
        measurement({
          id: "DOC1.unlinkedNumbers",
          meaning: "numbers of the model card that are neither linked to evidence nor declared as literals",
          value: unlinked.length,
          unit: "numbers",
          n: linked,
        }),
        measurement({
          id: "DOC2.openQuestions",
          meaning: "required questions that the datasheet leaves open",
          value: open.length,
          unit: "questions",
          n: datasheetQuestions.length,
        }),
        approval(context.missing, approvedBy, context.approvals.length),
        await runbookMeasurement(),
      ],
    };
  });
}

function approval(missing: readonly string[], approvedBy: readonly string[], signatures: number): Measurement {
  const known = {
    id: "DOC3.approved",
    meaning: "whether the context of use is complete and a person has approved it as it stands",
    unit: "1",
  };
  if (missing.length > 0) return measurement({ ...known, value: 0 });
  if (approvedBy.length > 0) return measurement({ ...known, value: 1, n: approvedBy.length });
  return measurement({
    ...known,
    value: null,
    reason:
      signatures === 0 ? `nobody has approved ${contextOfUse}` : `${contextOfUse} has changed since it was approved`,
  });
}

async function runbookMeasurement(): Promise<Measurement> {
  const runbooks = await Promise.all(
    alertIds.map(
      async (id) => [id, await readText(projectPath("docs", "runbooks", `${id}.md`)).catch(() => "")] as const,
    ),
  );
  return measurement({
    id: "DOC5.alertsWithoutRunbook",
    meaning: "alerts without a runbook",
    unit: "alerts",
    value: alertsWithoutRunbook(alertIds, Object.fromEntries(runbooks)).length,
    n: alertIds.length,
  });
}
