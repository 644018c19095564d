import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeMessage, encodeMessage, wireHeader } from "../../../src/workspace/kernel/WireMessage.js";

const frames = (parts: readonly (Buffer | string)[]): Buffer[] => parts.map((part) => Buffer.from(part));

describe("WireMessage", () => {
  it("reads back what it wrote, under any key, none included", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.array(fc.string({ minLength: 1 })),
        (key, given, identities) => {
          const content = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
          fc.pre(!identities.includes("<IDS|MSG>"));
          const message = {
            identities: frames(identities),
            header: wireHeader("execute_request", "session"),
            parent: wireHeader("status", "session"),
            content,
          };
          const read = decodeMessage(frames(encodeMessage(message, key)), key);
          expect({ ...read, identities: read.identities.map(String) }).toEqual({ ...message, identities });
        },
      ),
    );
  });

  it("refuses a message of another key, one that was changed, and one that is cut short", () => {
    const parts = frames(
      encodeMessage(
        {
          identities: ["kernel.status"],
          header: wireHeader("status", "session"),
          parent: {},
          content: { execution_state: "idle" },
        },
        "key",
      ),
    );
    expect(() => decodeMessage(parts, "other key")).toThrow(/wrong signature/);
    expect(() => decodeMessage([...parts.slice(0, -1), Buffer.from("{}")], "key")).toThrow(/wrong signature/);
    expect(() => decodeMessage(parts.slice(0, 4), "key")).toThrow(/parts are missing/);
  });
});
