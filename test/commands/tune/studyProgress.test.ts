import { describe, expect, it } from "vitest";
import { studyProgress } from "../../../src/commands/tune/studyProgress.js";
import { createStudy } from "../../../src/tuning/Study.js";

/** Ten seconds to a trial, of which every third one fails. */
async function shown({ isTTY, before = 0 }: { readonly isTTY: boolean; readonly before?: number }): Promise<string> {
  let [text, seconds] = ["", 0];
  const { onTrial, close } = studyProgress(
    { isTTY, columns: 200, write: (more) => (text += more) },
    { before, now: () => 1000 * seconds },
  );
  const study = createStudy({ seed: 1, space: { x: { kind: "float", low: 0, high: 1 } } });
  for (let number = 0; number < 4; number++) {
    study.ask();
    study.tell(
      number,
      number % 3 === 2 ? { state: "failed", reason: "no" } : { state: "complete", values: [10 - number] },
    );
    seconds += number < before ? 0 : 10;
    onTrial(number + 1, 8, study);
  }
  close();
  return Promise.resolve(text);
}

describe("studyProgress", () => {
  it("tells trials, the best, those that failed, the rate and the time that is left", async () => {
    const lines = (await shown({ isTTY: false })).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe("1 of 8 trials, best 10 (trial 0), 0.10 a second, 70 s left");
    expect(lines[3]).toBe("4 of 8 trials, best 7 (trial 3), 1 failed, 0.10 a second, 40 s left");
  });

  it("counts the rate of this run alone: what was done before it took no time of it", async () => {
    const lines = (await shown({ isTTY: false, before: 2 })).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("0.10 a second, 40 s left");
  });

  it("rewrites a bar on a terminal", async () => {
    const text = await shown({ isTTY: true });
    expect(text).toContain("\r\x1b[2K[##########..........] 4 of 8 trials");
    expect(text).not.toContain("\n");
  });
});
