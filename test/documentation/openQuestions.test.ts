import { describe, expect, it } from "vitest";
import { openQuestions } from "../../src/documentation/openQuestions.js";

const asked = ["What is a row?", "Who made it?"];
const sheet = (answer: string): string =>
  `# Sheet\n\n## Part\n\n### What is a row?\n\nAn experiment.\n\n### Who made it?\n\n${answer}\n\n## End\n`;

describe("openQuestions", () => {
  it("takes text, or unknown with a reason, for an answer", () => {
    expect(openQuestions(sheet("The authors."), asked)).toEqual([]);
    expect(openQuestions(sheet("Unknown: the papers do not say."), asked)).toEqual([]);
  });

  it.each(["", "Unknown", "unknown.", "Unknown:", "TODO ask", "TBD", "<!-- the authors -->", "---"])(
    "leaves a question open whose answer is %j (planted)",
    (answer) => {
      expect(openQuestions(sheet(answer), asked)).toEqual(["Who made it?"]);
    },
  );

  it("leaves open what is not asked in the document at all", () => {
    expect(openQuestions("# Empty\n", asked)).toEqual(asked);
  });
});
