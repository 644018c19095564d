import { describe, expect, it } from "vitest";
import { validBundle } from "../../../src/workspace/kernel/validBundle.js";

describe("validBundle", () => {
  it("makes base64 of bytes in every shape, and text of bytes under a text type", () => {
    const bytes = Buffer.from("é");
    expect(
      validBundle({
        "image/png": bytes,
        "image/gif": new Uint8Array(bytes),
        "application/octet-stream": new Uint8Array(bytes).buffer,
        "application/pdf": JSON.parse(JSON.stringify(bytes)) as unknown,
        "text/html": bytes,
        "image/svg+xml": bytes,
      }),
    ).toEqual({
      "image/png": "w6k=",
      "image/gif": "w6k=",
      "application/octet-stream": "w6k=",
      "application/pdf": "w6k=",
      "text/html": "é",
      "image/svg+xml": "é",
    });
  });

  it("joins lines, writes numbers as text, and leaves texts and what JSON can hold as they are", () => {
    const data = { a: [1, null] };
    expect(
      validBundle({ "text/html": ["a\n", "b"], "text/plain": 3, "application/json": data, "image/png": "aGk=" }),
    ).toEqual({ "text/html": "a\nb", "text/plain": "3", "application/json": data, "image/png": "aGk=" });
  });

  it.each<[string, unknown, RegExp]>([
    ["a number for an image", { "image/png": 7 }, /image\/png must be bytes, or their base64 as a text; got a number/],
    ["an object for HTML", { "text/html": { a: 1 } }, /text\/html must be a text; got an object/],
    ["nothing for a text", { "text/plain": null }, /text\/plain must be a text; got null/],
    ["what JSON cannot hold", { "application/json": 1n }, /application\/json must be what JSON can hold/],
    ["nothing for JSON", { "application/x+json": undefined }, /application\/x\+json .* can hold; got undefined/],
    ["a list", ["text/plain"], /must get a MIME bundle.*got a list/],
    ["null", null, /must get a MIME bundle.*got null/],
  ])("refuses %s, which no reader of notebooks would accept", (_, bundle, words) => {
    expect(() => validBundle(bundle)).toThrow(words);
  });
});
