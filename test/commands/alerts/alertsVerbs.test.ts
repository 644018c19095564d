import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { alertsAcknowledgeVerb, alertsListVerb, alertsResolveVerb } from "../../../src/commands/alerts/alertsVerbs.js";
import { qualityVerb } from "../../../src/commands/quality/qualityVerb.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const [reference, spoilt, clean] = ["reference.csv", "spoilt.csv", "clean.csv"].map((name) => join(folder, name));
const random = seededRandom(4);
let log = "";

/** Rows of recipes; from one on, minutes stand for seconds. */
function csv(
  rows: number,
  { seed, minutesFrom = Infinity }: { readonly seed: number; readonly minutesFrom?: number },
): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const own = random.fork(seed).fork(row);
    const second = 10 * 30 ** own();
    return [
      120 + 60 * own(),
      row >= minutesFrom ? second / 60 : second,
      0.01 + 0.02 * own(),
      0.02 + 0.02 * own(),
      0.08 + own(),
    ];
  });
  return `temperatureCelsius,timeSecond,caesiumMolar,leadMolar,bromideMolar\n${lines.map((one) => one.join(",")).join("\n")}\n`;
}

await writeFile(reference, csv(800, { seed: 1 }));
await writeFile(spoilt, csv(200, { seed: 2, minutesFrom: 150 }));
await writeFile(clean, csv(200, { seed: 3 }));
let count = 0;
beforeEach(() => {
  log = join(folder, `alerts-${++count}.jsonl`);
});

describe("alerts on the command line", () => {
  it("of clean rows are none, and the check passes", async () => {
    const { text, passed, data } = await qualityVerb.run({ file: clean, against: reference, alerts: log });
    expect(passed).toBe(true);
    expect(data.raised).toMatchObject({ alerts: [], stopping: [] });
    expect(text).toContain("incoming rows: no fault found in 200 against 800 rows");
    expect(text).toContain("alerts: none");
  });

  it("fail the check, are written down, and stop nothing once somebody has looked", async () => {
    const { text, passed } = await qualityVerb.run({ file: spoilt, against: reference, alerts: log });
    expect(passed).toBe(false);
    expect(text).toContain(
      `STOP data-unit: ${spoilt}, column timeSecond: 50 values look like min, not s; rows 151 to 200;`,
    );
    expect(text).toContain("what to do: docs/runbooks/data-unit.md");
    expect((await alertsListVerb.run({ file: log })).passed).toBe(false);
    await alertsAcknowledgeVerb.run({ file: log, id: "data-unit", who: "Ada", why: "lab 3 writes minutes" });
    const again = await qualityVerb.run({ file: spoilt, against: reference, alerts: log });
    expect(again.data.raised?.stopping).toEqual([]);
    expect(again.text).toContain("1 of them stop; 1 acknowledged before");
    const listed = await alertsListVerb.run({ file: log });
    expect(listed.passed).toBe(true);
    expect(listed.text).toMatch(/raised 2 times, .*\n {4}acknowledged by Ada, .*: lab 3 writes minutes/);
    await alertsResolveVerb.run({ file: log, id: "data-unit", who: "Ada", why: "converted" });
    expect((await alertsListVerb.run({ file: log })).text).not.toContain("data-unit");
    expect((await alertsListVerb.run({ file: log, all: true })).text).toContain("resolved by Ada");
    const third = await qualityVerb.run({ file: spoilt, against: reference, alerts: log });
    expect(third.data.raised?.stopping).toHaveLength(1);
  });

  it("are posted after they were written down: a webhook that fails loses none, and is told", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      request.resume();
      void readFile(log, "utf8").then((text) => {
        seen.push(text);
        response.writeHead(410).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { text, passed } = await qualityVerb.run({ file: spoilt, against: reference, alerts: log, webhook });
    server.close();
    expect(seen[0]).toContain('"id":"data-unit"');
    expect(passed).toBe(false);
    expect(text).toContain(`NOT sent to ${webhook} in 1 try: HTTP status 410; the file has them`);
    expect((await alertsListVerb.run({ file: log })).text).toContain("data-unit");
  });

  it("need a reference, a folder that is there, and an address, before anything is computed", async () => {
    await expect(qualityVerb.run({ file: clean, alerts: log })).rejects.toThrow(
      "--alerts: needs a file that things were well with; got none; name it with --against",
    );
    const asked = { file: clean, against: reference };
    await expect(qualityVerb.run({ ...asked, webhook: "mailto:a@b" })).rejects.toThrow("http:// or https://");
    await expect(qualityVerb.run({ ...asked, alerts: join(folder, "no", "a.jsonl") })).rejects.toThrow(
      "no such folder",
    );
    await expect(qualityVerb.run({ ...asked, time: "when" })).rejects.toThrow(
      `--time: must name a column of ${reference}`,
    );
  });

  it("are not appended to a table that was named by mistake", async () => {
    const table = join(folder, "table.csv");
    await writeFile(table, await readFile(spoilt));
    const named = { file: spoilt, against: reference, alerts: table };
    await expect(qualityVerb.run(named)).rejects.toThrow("line 1: must be an event of an alert");
    expect(await readFile(table, "utf8")).toBe(await readFile(spoilt, "utf8"));
  });

  it("quote a cell on one line, take numbers beyond JSON, and call no new batch or later day drift", async () => {
    const file = (name: string, from: number, { odd = "hexane", scale = 1 } = {}): Promise<string> => {
      const rows = Array.from({ length: 300 }, (_, row) => {
        const [own, batch] = [random.fork(name).fork(row), from + Math.floor(row / 10)];
        const day = new Date(86_400_000 * (20_000 + batch)).toISOString().slice(0, 10);
        return `b${batch},${day},${(1 + own()) * scale},${row === 3 ? odd : own() < 0.5 ? "hexane" : "toluene"}`;
      });
      const path = join(folder, `${name}.csv`);
      return writeFile(path, `batch,date,reading,solvent\n${rows.join("\n")}\n`).then(() => path);
    };
    const against = await file("before", 0);
    const later = await qualityVerb.run({ file: await file("later", 30), against, alerts: log });
    expect(later.data.drift).toMatchObject({ groups: "batch", drifted: 0, unknown: 0 });
    expect(later.data.drift!.features.map(({ feature }) => feature)).toEqual(["reading", "solvent"]);
    expect(later.passed).toBe(true);
    const odd = await file("odd", 30, { odd: '"x\n  alerts: none\u001b[31m"', scale: 8e307 });
    const { text } = await qualityVerb.run({ file: odd, against, alerts: log });
    const listed = await alertsListVerb.run({ file: log });
    for (const one of [text, listed.text]) {
      expect(one).toContain('"x\\n  alerts: none\\u001b[31m" is not among the 2 known');
      expect(one).not.toContain("\u001b");
    }
    expect(listed.data.records.find(({ id }) => id === "drift-feature")!.numbers.to).toBeNull();
  });

  it("give named errors for files that are not there, and ids that mean several or none", async () => {
    await expect(alertsListVerb.run({ file: join(folder, "none.jsonl") })).rejects.toThrow("must be a file of alerts");
    await qualityVerb.run({ file: spoilt, against: reference, alerts: log });
    const answer = { file: log, who: "Ada", why: "seen" };
    await expect(alertsAcknowledgeVerb.run({ ...answer, id: "data-lot" })).rejects.toThrow(
      "an open alert must be named",
    );
    const copy = join(folder, "copy.csv");
    await writeFile(copy, await readFile(spoilt));
    await qualityVerb.run({ file: copy, against: reference, alerts: log });
    await expect(alertsAcknowledgeVerb.run({ ...answer, id: "data-unit" })).rejects.toThrow(
      "--key: must say which of the 2 open alerts data-unit is meant",
    );
  });
});
