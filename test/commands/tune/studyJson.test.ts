import { describe, expect, it } from "vitest";
import { studyJson } from "../../../src/commands/tune/studyJson.js";
import { summarizeStudy } from "../../../src/tuning/summarizeStudy.js";
import { exampleRecord } from "../../tuning/studyExample.js";

describe("studyJson", () => {
  it("holds the best, counts and importances, its objectives, and what they are not, as plain JSON", () => {
    const record = exampleRecord();
    const summary = summarizeStudy(record);
    const json = studyJson(record, summary, { objectives: [{ name: "log loss", unit: "nats" }] });
    expect(json).toMatchObject({
      version: 1,
      name: record.name,
      objectives: [{ name: "log loss", unit: "nats", direction: "minimize" }],
      rows: "tune rows",
      trials: summary.trials,
      best: summary.best,
      front: [],
      importances: summary.importances,
      optimism: expect.stringContaining("optimistic") as string,
      warnings: [expect.stringContaining("trials failed")],
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json).not.toHaveProperty("directions");
  });
});
