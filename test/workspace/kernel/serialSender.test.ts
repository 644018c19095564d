import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { serialSender } from "../../../src/workspace/kernel/serialSender.js";

/** A socket like zeromq's: it refuses a send while another is under way, and the first is under way at once. */
function fussySocket(): { readonly sent: string[]; readonly send: (frames: (Buffer | string)[]) => Promise<void> } {
  const sent: string[] = [];
  let busy = false;
  return {
    sent,
    send: async (frames) => {
      if (busy) throw new Error("Socket is busy writing");
      busy = true;
      sent.push(frames.join(" "));
      await delay(1);
      busy = false;
    },
  };
}

describe("serialSender", () => {
  it("loses nothing to a socket that refuses overlapping sends, and keeps the order", async () => {
    const socket = fussySocket();
    const sender = serialSender(socket);
    for (let message = 0; message < 100; message++) sender.send([`message ${message}`]);
    await sender.flushed();
    expect(socket.sent).toEqual(Array.from({ length: 100 }, (_, message) => `message ${message}`));
  });

  it("sends at once through an idle socket, before the caller gives way", () => {
    const socket = fussySocket();
    serialSender(socket).send(["first"]);
    expect(socket.sent).toEqual(["first"]);
  });

  it("goes on after a send that fails", async () => {
    const sent: string[] = [];
    const sender = serialSender({
      send: (frames) =>
        frames[0] === "bad" ? Promise.reject(new Error("closed")) : Promise.resolve(void sent.push(String(frames[0]))),
    });
    for (const text of ["a", "bad", "b"]) sender.send([text]);
    await sender.flushed();
    expect(sent).toEqual(["a", "b"]);
  });
});
