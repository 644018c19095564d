import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { predictionsAnchorVerb } from "../../../src/commands/predictions/predictionsVerbs.js";
import { validateVerb } from "../../../src/commands/validate/validateVerb.js";
import { readRehearsals } from "../../../src/io/evidence/rehearsalLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { validationsOf } from "../../../src/io/predictions/validationLedger.js";
import { plateCells, plateOutcomes, platesRegistration, writeCsv } from "../../problems/registered/playedPlates.js";
import { gitFolder, type GitFolder } from "../../support/gitFolder.js";

let git: GitFolder;
let ledger: string;
const cells = plateCells(40);

beforeEach(async () => {
  git = gitFolder();
  ledger = join(git.folder, "ledger.jsonl");
  await registerPredictions(platesRegistration("plates", cells), { ledger });
  await predictionsAnchorVerb.run({ ledger });
  git.commit("2026-11-30T08:00:00Z");
});

describe("twin validate", () => {
  it("says for people what was scored, what was promised, and that withheld is not prospective", async () => {
    const file = writeCsv(git.folder, "outcomes.csv", plateOutcomes(cells));
    const { text, passed } = await validateVerb.run({ new: file, ledger });
    expect(passed).toBe(true);
    expect(text).toMatch(
      /40 outcomes; joined by name, recipes were not there\n.*whole, 40 lines, 40 of them anchored\n/,
    );
    expect(text).toMatch(/\nplates \(platelets\), 40 experiments, withheld\n/);
    expect(text).toMatch(/peak: rows \d+; r2 .*; coverage 0\.\d+ \[.*constant \(r2 .*relative width/);
    expect(text).toMatch(/repeats a recipe of training, n = 8: formed covered/);
    expect(text).toMatch(/promised 90 %: the interval of the peak holds it: .* groups so far; (held|UNKNOWN): /);
    expect(text).toMatch(/registered before their outcomes were seen here: 40 withheld, 0 prospective\n/);
    const again = await validateVerb.run({ new: file, ledger });
    expect(again.text).toMatch(/scored on \d{4}-\d\d-\d\d already: nothing was added/);
  });

  it("fails where a promise is broken, and raises the alert that stops, whose runbook it names", async () => {
    const file = writeCsv(git.folder, "outcomes.csv", plateOutcomes(cells, { scatter: 5 }));
    const alerts = join(git.folder, "alerts.jsonl");
    const { text, passed, data } = await validateVerb.run({ new: file, ledger, alerts });
    expect(passed).toBe(false);
    expect(data.raised.alerts).toMatchObject([{ id: "promise-broken", severity: "stop" }]);
    expect(text).toMatch(/BROKEN on \d{4}-.*: evidence .*, limit 60\n/);
    expect(text).toContain("what to do: docs/runbooks/promise-broken.md");
    expect(readFileSync(alerts, "utf8")).toContain("the interval of the peak holds it");
  });

  it("notes that it was carried out where it is told to, once a day, by what was proved", async () => {
    const file = writeCsv(git.folder, "outcomes.csv", plateOutcomes(cells));
    const rehearsals = join(git.folder, "rehearsals.jsonl");
    const { data } = await validateVerb.run({ new: file, ledger, rehearsals });
    await validateVerb.run({ new: file, ledger, rehearsals });
    expect(await readRehearsals(rehearsals)).toMatchObject([
      { check: "PI8", evidenceSha256: data.evidenceSha256, withinTimeLimit: true },
    ]);
  });

  it("writes nothing where an outcome cannot be one, or a webhook is no address", async () => {
    const wrong = writeCsv(git.folder, "wrong.csv", [{ sample: "1", perovskite: "1", peak_nm: "2.5" }]);
    await expect(validateVerb.run({ new: wrong, ledger })).rejects.toThrow(/must be in nm/);
    const file = writeCsv(git.folder, "outcomes.csv", plateOutcomes(cells));
    await expect(validateVerb.run({ new: file, ledger, webhook: "nowhere" })).rejects.toThrow(
      /^webhook: must be an address/,
    );
    expect(existsSync(validationsOf(ledger))).toBe(false);
  });
});

describe("twin predictions anchor", () => {
  it("writes down where the ledger stands, once, and says that it must be committed", async () => {
    const again = await predictionsAnchorVerb.run({ ledger });
    expect(again).toMatchObject({ data: { lines: 40, isNew: false } });
    expect(again.text).toMatch(
      /^anchored before, nothing was added: 40 lines, head [0-9a-f]{64}\ncommit .*anchors\.jsonl/,
    );
    await registerPredictions(platesRegistration("more", cells), { ledger });
    expect((await predictionsAnchorVerb.run({ ledger })).data).toMatchObject({ lines: 80, isNew: true });
  });

  it("anchors nothing that is not as it was anchored before", async () => {
    const { writeFileSync } = await import("node:fs");
    writeFileSync(ledger, "");
    await registerPredictions(platesRegistration("plates", cells, 1), { ledger });
    await expect(predictionsAnchorVerb.run({ ledger })).rejects.toThrow(/predictions were changed, moved or dropped/);
  });
});
