import { describe, expect, it } from "vitest";
import type { KernelOutput } from "../../../src/workspace/kernel/kernelConversation.js";
import { newTranscript } from "../../../src/workspace/notebooks/newTranscript.js";

const printed = (text: string): KernelOutput => ({ type: "stream", name: "stdout", text });
const display = (text: string, displayId: string | null = null, update = false): KernelOutput => ({
  type: "display",
  data: { "text/plain": text },
  metadata: {},
  displayId,
  update,
});
const shown = (text: string): object => ({ output_type: "display_data", data: { "text/plain": text }, metadata: {} });
const stream = (text: string): object => ({ output_type: "stream", name: "stdout", text });

describe("newTranscript", () => {
  it("merges a stream across its pieces, also where one piece overwrites the line of another", () => {
    const transcript = newTranscript();
    const take = transcript.listen(0, 1);
    for (const text of ["50 %\r", "7", "5 %", "\rlast"]) take(printed(text));
    expect(transcript.outputs(0)).toEqual([stream("last")]);
  });

  it("replaces an updated display where it stands, from whichever cell", () => {
    const transcript = newTranscript();
    transcript.listen(0, 1)(display("first", "id"));
    const take = transcript.listen(1, 2);
    take(display("second", "id", true));
    take(display("nowhere", "other", true));
    expect([transcript.outputs(0), transcript.outputs(1)]).toEqual([[shown("second")], []]);
  });

  it("clears at once or before the next output, and forgets displays that are gone", () => {
    const transcript = newTranscript();
    const take = transcript.listen(0, 1);
    take(display("gone", "id"));
    take({ type: "clear", wait: false });
    take(printed("a"));
    take({ type: "clear", wait: true });
    expect(transcript.outputs(0)).toEqual([stream("a")]);
    take(printed("b"));
    take(display("late", "id", true));
    expect(transcript.outputs(0)).toEqual([stream("b")]);
  });

  it("cuts what came after the end of a cell and all that is still to come, and says so", () => {
    const transcript = newTranscript();
    const take = transcript.listen(0, 1);
    take(printed("kept"));
    transcript.end(0);
    take(printed("late"));
    take(display("late", "id"));
    transcript.cut(0, "cut");
    take(printed("later"));
    transcript.listen(1, 2)(display("update", "id", true));
    expect(transcript.outputs(0)).toEqual([stream("kept"), { output_type: "stream", name: "stderr", text: "cut" }]);
  });

  it("gives a result the count that the cell has in the notebook", () => {
    const transcript = newTranscript();
    transcript.listen(3, 2)({ type: "result", data: { "text/plain": "1" }, metadata: {} });
    expect(transcript.outputs(3)).toEqual([
      { output_type: "execute_result", data: { "text/plain": "1" }, execution_count: 2, metadata: {} },
    ]);
  });
});
