import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import {
  band,
  errorBar,
  figureLayout,
  formulaMarkup,
  phaseColour,
  phaseColours,
  phaseMarks,
  referenceLine,
  seriesStyles,
  tint,
  titleWithLine,
  translucent,
} from "../../src/figures/theme.js";

describe("phaseColours", () => {
  it("has one colour for each outcome class, in the order of their codes", () => {
    expect(Object.keys(phaseColours)).toEqual([...phaseNames]);
    expect(() => phaseColour("delta")).toThrow(/one of CsPbBr3, Cs4PbBr6/);
  });

  it.each([...Object.entries(phaseColours), ...seriesStyles.map(({ symbol, colour }) => [symbol, colour] as const)])(
    "%s has a contrast of at least 3 : 1 on white",
    (_, colour) => {
      expect(1.05 / (luminance(linear(colour)) + 0.05)).toBeGreaterThan(3);
    },
  );

  // Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1, on linear RGB.
  it.each([
    ["trichromats", [1, 0, 0, 0, 1, 0, 0, 0, 1]],
    ["protanopes", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]],
    ["deuteranopes", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881]],
    ["tritanopes", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039]],
  ])("stays apart for %s by 15 units of CIELAB or more", (_, matrix) => {
    for (const colours of [Object.values(phaseColours), seriesStyles.map(({ colour }) => colour)]) {
      const seen = colours.map((colour) => lab(multiply(matrix, linear(colour))));
      expect(Math.min(...seen.flatMap((a, i) => seen.slice(i + 1).map((b) => distance(a, b))))).toBeGreaterThan(15);
    }
  });
});

describe("seriesStyles", () => {
  it("takes no colour for that of a phase: at least 15 units of CIELAB lie between", () => {
    for (const { colour } of seriesStyles) {
      for (const phase of Object.values(phaseColours))
        expect(distance(lab(linear(colour)), lab(linear(phase)))).toBeGreaterThan(15);
    }
  });
});

describe("phaseMarks", () => {
  it("has one symbol and one dash of its own for each class, so that classes stay apart in grey", () => {
    expect(Object.keys(phaseMarks)).toEqual(Object.keys(phaseColours));
    for (const part of ["symbol", "dash"] as const)
      expect(new Set(Object.values(phaseMarks).map((mark) => mark[part])).size).toBe(5);
  });
});

describe("tint and translucent", () => {
  it("are white or nothing at strength 0 and the colour itself at 1", () => {
    expect([tint("#009e73", 0), tint("#009e73", 1), tint("#009e73", 0.5)]).toEqual(["#ffffff", "#009e73", "#80cfb9"]);
    expect(translucent("#009e73", 0.5)).toBe("rgba(0,158,115,0.5)");
  });

  it("leave ink readable on the strongest cells of a map: a contrast of at least 4.5 : 1 in every class", () => {
    const ink = luminance(linear("#1f2933"));
    for (const colour of Object.values(phaseColours)) {
      const cell = [1, 3, 5].map((at) => Number.parseInt(tint(colour, 0.6).slice(at, at + 2), 16));
      const behind = `#${cell
        .map((value) =>
          Math.round(0.8 * 255 + 0.2 * value)
            .toString(16)
            .padStart(2, "0"),
        )
        .join("")}`;
      expect((luminance(linear(behind)) + 0.05) / (ink + 0.05)).toBeGreaterThan(4.5);
    }
  });
});

describe("band", () => {
  it("runs along the high ends and back along the low ones", () => {
    expect(band([1, 2], [3, 4], [5, 6], "#000000")).toMatchObject({ x: [1, 2, 2, 1], y: [5, 6, 4, 3], fill: "toself" });
  });
});

describe("titleWithLine", () => {
  it("writes formulae in both lines, and the title of a document is words alone", () => {
    expect(titleWithLine("CsPbBr3", "at 160 °C")).toBe(
      'CsPbBr<sub>3</sub><br><span style="font-size:15px">at 160 °C</span>',
    );
  });
});

describe("formulaMarkup", () => {
  it.each([
    ["Cs4PbBr6", "Cs<sub>4</sub>PbBr<sub>6</sub>"],
    ["CsPbBr3 at 160 °C, lab 2", "CsPbBr<sub>3</sub> at 160 °C, lab 2"],
    ["always CsPbBr3: n = 12", "always CsPbBr<sub>3</sub>: n = 12"],
    ["no target product", "no target product"],
  ])("writes %s as %s", (text, markup) => {
    expect(formulaMarkup(text)).toBe(markup);
  });
});

describe("figureLayout", () => {
  it("leaves more room above the plot for more rows of title and legend", () => {
    const top = (title: string, legend: string[]): number =>
      (figureLayout({ title }, { legend }).margin as { t: number }).t;
    expect(top("one<br>two", [])).toBeGreaterThan(top("one", []));
    expect(top("one", ["a", "b"])).toBeGreaterThan(top("one", []));
    expect(
      top(
        "one",
        Array.from({ length: 6 }, () => "a name of some length"),
      ),
    ).toBeGreaterThan(top("one", ["a", "b"]));
  });
});

describe("figureLayout with a height", () => {
  it("keeps title and legend as many pixels below the top as in a figure of the usual height", () => {
    const fromTop = (height: number): number[] => {
      const { title, legend } = figureLayout({ title: "one", height }, { legend: ["a"] }) as {
        title: { y: number };
        legend: { y: number };
      };
      return [(1 - title.y) * height, (1 - legend.y) * height];
    };
    const usual = fromTop(450);
    expect(fromTop(700)).toEqual(usual.map((pixels) => expect.closeTo(pixels, 9) as number));
  });
});

describe("referenceLine", () => {
  it("writes the label of a horizontal line at the right end, or the left one if asked to", () => {
    expect(referenceLine({ axis: "y", at: 1, label: "a" }).annotations).toMatchObject([{ x: 1, xanchor: "right" }]);
    expect(referenceLine({ axis: "y", at: 1, label: "a", anchor: "left" }).annotations).toMatchObject([
      { x: 0, xanchor: "left" },
    ]);
  });

  it("places line and label of a log axis at the same value", () => {
    const {
      shapes: [shape],
      annotations: [label],
    } = referenceLine({ axis: "x", at: 100, label: "rule", log: true });
    expect(shape).toMatchObject({ x0: 100, x1: 100, yref: "paper" });
    expect(label).toMatchObject({ x: 2, text: "rule" });
  });
});

describe("errorBar", () => {
  it("turns ends into distances from the value", () => {
    expect(errorBar([5], [3], [9], "#000000")).toMatchObject({ array: [4], arrayminus: [2], symmetric: false });
  });
});

type Triple = readonly number[];

function linear(hex: string): Triple {
  return [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function multiply(m: Triple, [r, g, b]: Triple): Triple {
  return [0, 3, 6].map((row) => Math.min(1, Math.max(0, m[row] * r + m[row + 1] * g + m[row + 2] * b)));
}

/** CIELAB of linear sRGB under D65. */
function lab(rgb: Triple): Triple {
  const xyz = [
    multiplyRow([0.4124, 0.3576, 0.1805], rgb) / 0.9505,
    multiplyRow([0.2126, 0.7152, 0.0722], rgb),
    multiplyRow([0.0193, 0.1192, 0.9505], rgb) / 1.089,
  ];
  const [x, y, z] = xyz.map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a: Triple, b: Triple): number {
  return Math.hypot(...a.map((value, k) => value - b[k]));
}

function multiplyRow(row: Triple, rgb: Triple): number {
  return row.reduce((sum, value, i) => sum + value * rgb[i], 0);
}
