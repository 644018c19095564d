import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { display } from "../../../src/workspace/cells/display.js";
import { displayHook, installDisplayHook } from "../../../src/workspace/kernel/displayHook.js";
import type { MimeBundle } from "../../../src/workspace/notebooks/Notebook.js";

// Drawing has tests of its own; here only what is done with the drawing.
vi.mock("../../../src/figures/render/renderSvg.js", () => ({
  renderSvg: ({ id }: { id: string }) => Promise.resolve(`<svg id="${id}"/>`),
}));

const figure = {
  id: "01-experiments-size",
  alt: "Size grows with temperature.",
  data: [{ type: "scatter", x: [1], y: [2] }],
  layout: { title: { text: "Size" } },
};
let folder: string;
let shown: MimeBundle[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "display-"));
  vi.stubEnv("TWIN_OUTPUT", folder);
  shown = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("cspbbr3-twin.display")];
});

const unused = { clear: () => undefined, ask: () => Promise.resolve("") };

function inKernel(): void {
  installDisplayHook({ show: (data) => shown.push(data), showUpdatable: () => () => undefined, ...unused });
}

describe("display", () => {
  it("shows a figure as one display in three forms and writes its SVG where outputs go", async () => {
    inKernel();
    await display(figure);
    expect(shown).toEqual([
      {
        "application/vnd.plotly.v1+json": { data: figure.data, layout: figure.layout },
        "image/svg+xml": '<svg id="01-experiments-size"/>',
        "text/plain": "Size grows with temperature.",
      },
    ]);
    expect(readdirSync(join(folder, "figures"))).toEqual(["01-experiments-size.svg"]);
    expect(readFileSync(join(folder, "figures", "01-experiments-size.svg"), "utf8")).toBe(
      '<svg id="01-experiments-size"/>',
    );
  });

  it("outside a kernel writes the file all the same and prints the description", async () => {
    expect(displayHook()).toBeNull();
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await display(figure);
    expect(log.mock.calls).toEqual([["Size grows with temperature."]]);
    expect(readdirSync(join(folder, "figures"))).toEqual(["01-experiments-size.svg"]);
  });

  it("gives HTML, Markdown and bundles a plain text", async () => {
    inKernel();
    await display({ html: "<table><tr><td>a &lt; b</td><td>1</td></tr><tr><td>c</td><td>2</td></tr></table>" });
    await display({ html: "<b>x</b>", text: "the given text" });
    await display({ markdown: "**x**" });
    await display({ "image/png": "AAAA" });
    expect(shown.map((data) => data["text/plain"])).toEqual([
      "a < b\t1\nc\t2",
      "the given text",
      "**x**",
      "[image/png]",
    ]);
    expect(shown.map((data) => Object.keys(data)[0])).toEqual(["text/html", "text/html", "text/markdown", "image/png"]);
  });

  it("refuses what it cannot show", async () => {
    await expect(display({ size: 8 } as never)).rejects.toThrow(/display: must get a figure.*got an object with size/);
    await expect(display({})).rejects.toThrow(TypeError);
  });
});
