import { describe, expect, it } from "vitest";
import { twinCalls } from "./twinCalls.js";

describe("twinCalls", () => {
  it("finds calls in blocks and between backticks, with their options", () => {
    expect(
      twinCalls(
        "Use `npx twin notebooks sync [--back]` or `twin --help`.\n\n```sh\n" +
          "npx twin generate --rows 5 --out a.csv  # five\n```\n",
      ),
    ).toEqual([
      { line: 1, words: ["notebooks", "sync"], flags: ["--back"] },
      { line: 1, words: [], flags: ["--help"] },
      { line: 4, words: ["generate"], flags: ["--rows", "--out"] },
    ]);
  });

  it("takes the twin of a sentence for no call", () => {
    expect(twinCalls("The twin names phases. A twin --or so.")).toEqual([]);
  });
});
