import type { z } from "zod";
import { InputError } from "../../core/InputError.js";
import type { LedgerLine } from "../../io/predictions/predictionLedger.js";

/** What a line of the ledger says of its recipe. @throws InputError if it is not written as the kind has it */
export function registeredAnswer<Answer>(
  { name, recipe, line, predictions }: LedgerLine,
  shape: z.ZodType<Answer>,
): Answer {
  const parsed = shape.safeParse(predictions);
  if (parsed.success) return parsed.data;
  throw new InputError({
    where: `registered prediction ${line}, of "${recipe}" in "${name}"`,
    must: "must have what its kind of register predicts",
    got: parsed.error.issues[0].path.join(".") || "another form",
    mend: "score it with the version of the program that registered it",
  });
}
