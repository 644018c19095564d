import { measurement, type Measurement } from "../../core/Evidence.js";
import type { Validation } from "../../io/predictions/validationLedger.js";

/**
 * What a ledger of validations comes to, as numbers of evidence: how many experiments met predictions that stood
 * before, and how many registers broke a promise. Experiments whose outcomes somebody else held back are no prospective
 * ones, and the measurement says so.
 *
 * @param validations  lines of the ledger, oldest first
 */
export function validationMeasurements(validations: readonly Validation[]): readonly Measurement[] {
  const experiments = (standing: Validation["standing"]): number =>
    new Set(
      validations
        .filter((one) => one.standing === standing)
        .flatMap(({ kind, rows }) => rows.map((row) => JSON.stringify([kind, row]))),
    ).size;
  const registers = new Set(validations.map(({ register }) => register));
  const broken = new Set(validations.filter(({ verdict }) => verdict === "broken").map(({ register }) => register));
  const none = validations.length === 0 ? "no outcome has come: `twin validate --new` has scored none" : null;
  const counted = (id: string, meaning: string, value: number, unit: string, n: number): Measurement =>
    measurement({ id, meaning, value: none === null ? value : null, unit, n: none === null ? n : null, reason: none });
  return [
    counted(
      "VR7.withheld",
      "experiments scored against predictions that were anchored before their outcomes were seen here; these existed " +
        "and were withheld, so that they are withheld and not prospective: VR7.experiments counts none",
      experiments("withheld"),
      "experiments",
      validations.length,
    ),
    counted(
      "VR7.late",
      "experiments scored against predictions of which no anchor was committed before their outcomes were seen: " +
        "they are late, and count nowhere as registered before",
      experiments("late"),
      "experiments",
      validations.length,
    ),
    counted(
      "continuous.brokenRegisters",
      "registers of which a promise of coverage was found broken, by evidence that may be looked at after each batch",
      broken.size,
      "registers",
      registers.size,
    ),
  ];
}
