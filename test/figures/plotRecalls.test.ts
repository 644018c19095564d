import { describe, expect, it } from "vitest";
import { checkFigure } from "../../src/figures/Figure.js";
import { plotRecalls, type Recalls } from "../../src/figures/plotRecalls.js";
import { estimate } from "../support/estimate.js";
import { recalls } from "./figureExamples.js";

const small: Recalls = {
  id: "03-x",
  models: [{ name: "as it is", recalls: [{ phase: "CsPbBr3", ...estimate(0.5, 0.4, 0.6), n: 12 }] }],
};

describe("plotRecalls", () => {
  it("draws each recall with its own interval, a reference at the first model's, and says all of it in words", () => {
    const figure = plotRecalls({
      ...small,
      models: [
        ...small.models,
        { name: "weights", recalls: [{ phase: "CsPbBr3", ...estimate(0.7, 0.65, 0.9), n: 12 }] },
      ],
    });
    expect(figure.data).toMatchObject([
      {
        name: "CsPbBr<sub>3</sub>, n = 12",
        x: [0.5, 0.7],
        error_x: {
          array: [expect.closeTo(0.1), expect.closeTo(0.2)],
          arrayminus: [expect.closeTo(0.1), expect.closeTo(0.05)],
        },
      },
    ]);
    expect(figure.layout).toMatchObject({
      shapes: [{ x0: 0.5, x1: 0.5 }, {}],
      title: { text: expect.stringContaining('dotted: recalls of "as it is"') as string },
      yaxis: { title: { text: "Training set" } },
    });
    expect(figure.alt).toContain("weights: CsPbBr3 70 % (65 % to 90 %)");
    expect(() => checkFigure(figure)).not.toThrow();
    expect(() => checkFigure(recalls)).not.toThrow();
  });

  it.each([
    ["no model", { models: [] }, /at least one model/],
    ["two of one name", { models: [small.models[0], small.models[0]] }, /"as it is" twice/],
    [
      "a recall outside its interval",
      { models: [{ name: "x", recalls: [{ ...small.models[0].recalls[0], ...estimate(0.5, 0.55, 0.6) }] }] },
      /0 <= low <= recall <= high <= 1; got 0.55, 0.5, 0.6/,
    ],
    [
      "other classes in the second",
      { models: [small.models[0], { name: "y", recalls: [{ ...small.models[0].recalls[0], phase: "CsPb2Br5" }] }] },
      /every model needs the classes of the first \[CsPbBr3\]/,
    ],
    [
      "an unknown phase",
      { models: [{ name: "x", recalls: [{ ...small.models[0].recalls[0], phase: "delta" }] }] },
      /must be one of CsPbBr3/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotRecalls({ ...small, ...change })).toThrow(message);
  });
});
