import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleText } from "../../src/core/visibleText.js";
import { visibleTexts } from "../../src/core/visibleTexts.js";

/** The escape sequence that names a terminal's window, a colour, and marks that turn the reading of code around. */
const hostile = "\x1b]0;pwned\x07\x1b[31mred\u009b2J\u202etxt.exe\u2066\u200b\ufeff\u{e0041}\ud800\u2028\r\n\t\x7f\0";

describe("visibleText", () => {
  it("writes every character that is obeyed and not shown as its escape", () => {
    expect(visibleText(hostile)).toBe(
      String.raw`\u001b]0;pwned\u0007\u001b[31mred\u009b2J\u202etxt.exe\u2066\u200b\ufeff` +
        String.raw`\udb40\udc41\ud800\u2028\r\n\t\u007f\u0000`,
    );
  });

  it("leaves what people write as it is: umlauts, Greek, Hebrew, Chinese, emoji, no-break spaces", () => {
    const written = "é µm α-CsPbBr₃ שלום 钙钛矿 👩🏽‍🔬 25 °C “quoted” \\n";
    expect(visibleText(written)).toBe(written);
  });

  it("keeps line feeds and tabs of a text of several lines, and no carriage return, which would rewrite a line", () => {
    expect(visibleText("a\tb\nc\rd", { layout: true })).toBe("a\tb\nc\\rd");
  });

  it("gives back JSON of the same value, for any text in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const value = { [text]: [text + hostile] };
        const shown = visibleText(JSON.stringify(value, null, 2), { layout: true });
        expect(shown).not.toMatch(/[\p{Cs}\p{Bidi_Control}\x80-\x9f\x7f]|[\0-\x08\x0b-\x1f]/u);
        expect(JSON.parse(shown)).toEqual(value);
      }),
    );
  });
});

describe("visibleTexts", () => {
  it("makes every text inside plain JSON visible, and nothing else of it another", () => {
    expect(visibleTexts({ "k\x1b": ["a\x1b\nb", 1, null, { deep: "\u202e" }] })).toEqual({
      "k\x1b": ["a\\u001b\nb", 1, null, { deep: "\\u202e" }],
    });
  });
});
