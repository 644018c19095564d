import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Arm } from "../../src/deployment/armEvidence.js";
import { Problem } from "../../src/serving/Problem.js";
import { type AnsweredRequest, openRequestBook, type RequestBook } from "../../src/serving/requestBook.js";
import { verdictOf } from "../../src/serving/rollout.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const folder = await temporaryFolder();
let count = 0;
const fresh = (): string => join(folder, `log ${count++}`);

const body = (text: string): { readonly body: Uint8Array; readonly options: string } => ({
  body: Buffer.from(text),
  options: "",
});
const answered = (text: string, arm: Arm | null = null): AnsweredRequest => ({
  version: "v",
  said: [0, null, 3],
  text,
  drawn: arm === null ? null : { arm, failed: false, invalid: false, slow: false },
});
const put = (book: RequestBook, id: string, text = `{\n"id": "${id}"\n}\n`): ReturnType<RequestBook["answer"]> =>
  book.answer(id, body(`{"of":\r\n "${id}"}`), () => Promise.resolve(answered(text)));
const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (error instanceof Problem ? error.kind : String(error)),
  );
const linesOf = async (path: string): Promise<Record<string, unknown>[]> =>
  (await readFile(join(path, "requests-000001.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("an id", () => {
  it("gets its first answer again, byte for byte, also after a restart, and is logged once", async () => {
    const path = fresh();
    const book = await openRequestBook(path);
    const text = '{\n"rows": [\n{"a":"tab \\t, break \\n, µ"}\n]\n}\n';
    const first = await put(book, "a", text);
    expect(Buffer.from(first.bytes).toString()).toBe(text);
    const again = await put(book, "a", "another");
    expect(again).toMatchObject({ isRepeated: true, version: "v" });
    expect(Buffer.from(again.bytes).toString()).toBe(text);
    await book.close();
    const later = await openRequestBook(path);
    expect(Buffer.from((await put(later, "a", "another")).bytes).toString()).toBe(text);
    await later.close();
    expect(await linesOf(path)).toHaveLength(1);
    expect((await linesOf(path))[0]).toMatchObject({ id: "a", asked: { of: "a" }, said: "0-3" });
  });

  it("is answered once where many ask for it at once", async () => {
    const path = fresh();
    const book = await openRequestBook(path);
    let asked = 0;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        book.answer("a", body("{}"), async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return answered(`${asked++}`);
        }),
      ),
    );
    expect(asked).toBe(1);
    expect(replies.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
    expect(new Set(replies.map(({ bytes }) => Buffer.from(bytes).toString()))).toEqual(new Set(["0"]));
    expect(book.counts().requests).toBe(1);
    await book.close();
  });

  it("of another body is taken, in flight and afterwards; one whose work failed is free", async () => {
    const book = await openRequestBook(fresh());
    const slow = book.answer("a", body("1"), async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return answered("{}");
    });
    expect(await kindOf(book.answer("a", body("2"), () => Promise.resolve(answered("{}"))))).toBe("id-taken");
    await slow;
    expect(await kindOf(book.answer("a", body("2"), () => Promise.resolve(answered("{}"))))).toBe("id-taken");
    const refused = book.answer("b", body("1"), () => Promise.reject(new Problem("recipes-refused", "no")));
    expect(await kindOf(refused)).toBe("recipes-refused");
    expect(await kindOf(book.answer("b", body("2"), () => Promise.resolve(answered("{}"))))).toBe("none");
    await book.close();
  });

  it("is forgotten where more came after it than are held", async () => {
    const book = await openRequestBook(fresh(), { mostIds: 3 });
    for (const id of ["a", "b", "c", "d"]) await put(book, id);
    expect((await put(book, "b")).isRepeated).toBe(true);
    expect((await put(book, "a")).isRepeated).toBe(false);
    await book.close();
  });

  it("that nobody has is another one each time, also after a restart", async () => {
    const path = fresh();
    const book = await openRequestBook(path);
    const first = book.freshId(Buffer.from("{}"));
    expect(book.freshId(Buffer.from("{}"))).not.toBe(first);
    await put(book, first);
    await book.close();
    const later = await openRequestBook(path);
    expect(later.freshId(Buffer.from("{}"))).not.toBe(first);
    await later.close();
  });
});

describe("an outcome", () => {
  const report = (
    book: RequestBook,
    row: number,
    phase: "CsPbBr3" | "Cs4PbBr6",
    corrects?: string,
  ): ReturnType<RequestBook["outcome"]> =>
    book.outcome({ id: "a", row, phase, ...(corrects === undefined ? {} : { corrects }) });

  it("is kept once, corrected by a line that names it, and another one is refused, also after a restart", async () => {
    const path = fresh();
    const book = await openRequestBook(path);
    await put(book, "a");
    const first = await report(book, 1, "CsPbBr3");
    expect(first).toMatchObject({ isNew: true, isWrong: false, isCorrection: false });
    expect(await report(book, 1, "CsPbBr3")).toMatchObject({ isNew: false, outcome: first.outcome });
    expect(await kindOf(report(book, 1, "Cs4PbBr6"))).toBe("outcome-conflict");
    const second = await report(book, 1, "Cs4PbBr6", first.outcome);
    expect(second).toMatchObject({ isNew: true, isWrong: true, isCorrection: true });
    await book.close();
    const later = await openRequestBook(path);
    expect(await report(later, 1, "Cs4PbBr6", first.outcome)).toMatchObject({ isNew: false });
    expect(await report(later, 1, "CsPbBr3")).toMatchObject({ isNew: false, outcome: first.outcome });
    expect(await kindOf(report(later, 1, "CsPbBr3", first.outcome))).toBe("outcome-conflict");
    expect(await report(later, 1, "CsPbBr3", second.outcome)).toMatchObject({ isNew: true });
    expect(later.counts()).toEqual({ requests: 1, outcomes: 3, corrected: 2 });
    await later.close();
    expect((await linesOf(path)).map(({ kind, corrects }) => [kind, corrects ?? null])).toEqual([
      ["request", null],
      ["outcome", null],
      ["outcome", first.outcome],
      ["outcome", second.outcome],
    ]);
  });

  it("of a request, a row or an answer that there is not is refused, as is a correction of nothing", async () => {
    const book = await openRequestBook(fresh());
    expect(await kindOf(report(book, 1, "CsPbBr3"))).toBe("request-unknown");
    await put(book, "a");
    expect(await kindOf(report(book, 4, "CsPbBr3"))).toBe("request-unknown");
    expect(await kindOf(report(book, 2, "CsPbBr3"))).toBe("request-unknown");
    expect(await kindOf(report(book, 1, "CsPbBr3", "0123456789abcdef"))).toBe("outcome-conflict");
    await book.close();
  });

  it("of several that come at once is one, and the others are refused", async () => {
    const book = await openRequestBook(fresh());
    await put(book, "a");
    const kinds = await Promise.all([kindOf(report(book, 3, "CsPbBr3")), kindOf(report(book, 3, "Cs4PbBr6"))]);
    expect(kinds).toEqual(["none", "outcome-conflict"]);
    await book.close();
  });
});

describe("a rollout in a book", () => {
  const canary = { share: 0.5, alpha: 0.01, margin: 0.05, leastOutcomes: 10, mostAwaited: 100 };
  const plan = { champion: "c", challenger: "v", canary, shadow: true };

  it("stands after a restart where it stood: the log is all that there is of it", async () => {
    const path = fresh();
    const book = await openRequestBook(path);
    await book.begin(plan);
    for (let i = 0; i < 30; i++) {
      const arm = i % 3 === 0 ? "canary" : "champion";
      await book.answer(`r${i}`, body(`${i}`), () => Promise.resolve(answered("{}", arm)));
      if (arm === "champion") await book.shadow(`r${i}`, i % 2 === 0 ? [0, null, 3] : null, "v");
      if (i < 20) {
        await book.outcome({ id: `r${i}`, row: 1, phase: i % 4 === 0 ? "Cs4PbBr6" : "CsPbBr3" });
        // A request counts once.
        await book.outcome({ id: `r${i}`, row: 3, phase: "CsPbBr3" });
      }
    }
    const lost = { arm: "champion", failed: true, invalid: false, slow: false } as const;
    await book.failure("r99", "c", lost);
    // Asked again it counts no more, answered or not.
    await book.failure("r99", "c", lost);
    await book.answer("r99", body("99"), () => Promise.resolve(answered("{}", "champion")));
    await book.outcome({ id: "r99", row: 1, phase: "CsPbBr3" });
    const before = book.rollout();
    expect(before).toMatchObject({
      arms: { canary: 10, champion: 21 },
      awaited: 10,
      shadow: { requests: 20, outcomes: 6 },
    });
    expect(before!.canary!.evidence.wrong).toMatchObject({ canary: { rows: 7 }, champion: { rows: 13 } });
    await book.close();
    const later = await openRequestBook(path);
    expect(later.rollout()).toEqual(before);
    await later.begin(plan);
    expect(later.rollout()).toEqual(before);
    const ended = await later.decide("rollback", "harm", { numbers: 1 });
    await later.close();
    const last = await openRequestBook(path);
    expect(last.rollout()!.ended).toEqual(ended);
    await last.begin({ ...plan, canary: { ...canary, share: 0.1 } });
    expect(last.rollout()).toMatchObject({ ended: null, arms: { canary: 0, champion: 0 } });
    await last.close();
  });

  it("of another share, or of a challenger put there again, counts no outcome of earlier requests", async () => {
    const path = fresh();
    const book = await openRequestBook(path);
    await book.begin(plan);
    const asked = (of: RequestBook, id: string): Promise<unknown> =>
      of.answer(id, body(id), () => Promise.resolve(answered("{}", "champion")));
    const judged = (of: RequestBook, id: string): Promise<unknown> => of.outcome({ id, row: 1, phase: "CsPbBr3" });
    for (const id of ["a", "b", "c"]) {
      await asked(book, id);
      await book.shadow(id, [0, null, 3], "v");
    }
    await book.begin({ ...plan, canary: { ...canary, share: 0.1 } });
    await asked(book, "d");
    await judged(book, "a");
    const nothing = { awaited: 1, arms: { canary: 0, champion: 1 }, shadow: { requests: 0, outcomes: 0 } };
    expect(book.rollout()).toMatchObject(nothing);
    expect(book.rollout()!.canary!.evidence.wrong.champion.rows).toBe(0);
    expect(verdictOf(book.rollout()!).decision).toBe("hold");
    await judged(book, "d");
    expect(book.rollout()!.canary!.evidence.wrong.champion.rows).toBe(1);
    await book.begin({ ...book.rollout()!.plan, since: "e" });
    await judged(book, "b");
    expect(book.rollout()).toMatchObject({ awaited: 0, arms: { champion: 0 }, shadow: { outcomes: 0 } });
    const before = book.rollout();
    await book.close();
    const later = await openRequestBook(path);
    expect(later.rollout()).toEqual(before);
    await later.close();
  });
});
