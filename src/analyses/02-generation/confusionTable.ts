import { phaseNames } from "../../chemistry/phases.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import type { CalibrationReport } from "./physicsCalibration.js";

/** Published phases against those that the twin gives the same recipes. */
export function confusionTable({ confusion }: Pick<CalibrationReport, "confusion">): ShownTable {
  return shownTable({
    caption: "Published phases against the twin's, recipes",
    columns: [
      { name: "papers", of: ([papers]) => papers },
      { name: "published", of: ([, published]) => published },
      ...phaseNames.map((name, twin) => ({
        name,
        of: ([, , ...counts]: CalibrationReport["confusion"][number]) => counts[twin],
      })),
    ],
    rows: confusion,
  });
}
