import { expect, it } from "vitest";
import { isIdentifierName } from "../../src/core/isIdentifierName.js";

it.each([
  "batch",
  "Batch",
  "BATCH",
  "sampleId",
  "sample_id",
  "Sample ID",
  "id",
  "ID",
  "plate",
  "heating plate no",
  "doi",
  "DOI",
  "operator",
  "laboratory",
  "lab",
  "batchNumber",
  "sample no.",
])("%s names things", (name) => expect(isIdentifierName(name)).toBe(true));

it.each([
  "temperatureCelsius",
  "sampleTemperatureCelsius",
  "plateCount",
  "batchSize",
  "sourceRow",
  "orderNumber",
  "number",
  "solid",
  "valid",
  "samples",
  "",
])("%s does not", (name) => expect(isIdentifierName(name)).toBe(false));
