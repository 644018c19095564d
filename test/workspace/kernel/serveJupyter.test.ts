import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WireMessage } from "../../../src/workspace/kernel/WireMessage.js";
import { startWireKernel } from "../../support/wireKernel.js";
import type { WireKernel } from "../../support/wireKernel.js";

type Content = Readonly<Record<string, unknown>>;

let kernel: WireKernel;
beforeAll(async () => {
  kernel = await startWireKernel();
}, 60_000);
afterAll(() => kernel.kill());

interface Ran {
  readonly id: string;
  readonly reply: Content;
  /** Without statuses. */
  readonly published: readonly { readonly type: string; readonly content: Content }[];
}

async function run(code: string, options: Parameters<WireKernel["execute"]>[1] = {}): Promise<Ran> {
  const { id, reply, published } = await kernel.execute(code, options);
  return { id, reply: reply.content, published: withoutStatus(published) };
}

async function ask(type: string, content: Content = {}, channel: "shell" | "control" = "shell"): Promise<Content> {
  return (await kernel.request(channel, type, content)).reply.content;
}

function withoutStatus(messages: readonly WireMessage[]): Ran["published"] {
  return messages
    .filter(({ header }) => header.msg_type !== "status")
    .map(({ header, content }) => ({ type: header.msg_type, content }));
}

function printed({ published }: Ran): string {
  return published.map(({ type, content }) => (type === "stream" ? String(content.text) : "")).join("");
}

describe("serveJupyter", { timeout: 60_000 }, () => {
  it("welcomes each new subscription, with what it is for", () => {
    const { header, content } = kernel.first;
    expect([header.msg_type, content]).toEqual(["iopub_welcome", { subscription: "" }]);
    expect(header.session).not.toBe("");
  });

  it("sends the value of the last expression as execute_result, with the cell's count", async () => {
    const { reply, published } = await run("6 * 7");
    expect(published.map(({ type }) => type)).toEqual(["execute_input", "execute_result"]);
    expect(published[1].content).toEqual({
      execution_count: reply.execution_count,
      data: { "text/plain": "42" },
      metadata: {},
    });
  });

  it("publishes late output, also an error, under the request that started it while later cells run", async () => {
    const first = await run("setTimeout(() => console.log('late'), 150);\nconst begun = 1;");
    for (let step = 0; step < 5; step++) await run("await new Promise((done) => setTimeout(done, 50))");
    const late = kernel.published().filter(({ content }) => content.text === "late\n");
    expect(late.map(({ parent }) => parent.msg_id)).toEqual([first.id]);

    const second = await run("setTimeout(() => { throw new Error('late') }, 50);\nconst again = 1;");
    await delay(300);
    const shown = kernel
      .published()
      .filter(({ header, parent }) => header.msg_type === "error" && parent.msg_id === second.id);
    expect(shown.map(({ content }) => content.evalue)).toEqual(["late"]);
    // No run passes in which something failed: the next cell says so, once.
    expect((await run("const next = 1;")).reply).toMatchObject({ status: "error", evalue: "late" });
    expect((await run("const next = 1;")).reply).toMatchObject({ status: "ok" });
  });

  it("fails the cell that runs for what an earlier one throws, and names the earlier one", async () => {
    const { reply: started } = await run("setTimeout(() => { throw new Error('early') }, 200);\nconst before = 1;");
    const { reply } = await run("await new Promise(() => undefined)");
    expect(reply).toMatchObject({ status: "error", evalue: "early" });
    expect((reply.traceback as string[]).at(-1)).toBe(
      `(thrown by what cell ${String(started.execution_count)} had started)`,
    );
  });

  it("tells what was run: the last, a range, by a pattern, each once, with results", async () => {
    await run("const marked = 'history';");
    const { reply: value } = await run("6 *  9");
    await run("6 *  9");
    await run("6 * 10", { store_history: false });
    const history = async (content: object): Promise<unknown[]> =>
      (await ask("history_request", { output: false, raw: true, ...content })).history as unknown[];
    const count = Number(value.execution_count);
    expect(await history({ hist_access_type: "tail", n: 2 })).toEqual([
      [1, count, "6 *  9"],
      [1, count + 1, "6 *  9"],
    ]);
    expect(await history({ hist_access_type: "tail", n: 1, output: true })).toEqual([[1, count + 1, ["6 *  9", "54"]]]);
    expect(await history({ hist_access_type: "range", session: 0, start: count - 1, stop: count + 1 })).toEqual([
      [1, count - 1, "const marked = 'history';"],
      [1, count, "6 *  9"],
    ]);
    expect(await history({ hist_access_type: "range", session: 7, start: 1 })).toEqual([]);
    expect(await history({ hist_access_type: "search", pattern: "6 \\*  [0-9]" })).toEqual([]);
    expect(await history({ hist_access_type: "search", pattern: "6 [*]  ?", unique: true })).toEqual([
      [1, count + 1, "6 *  9"],
    ]);
    expect(await history({ hist_access_type: "search", pattern: "*history*", n: 5 })).toHaveLength(1);
  });

  it("publishes nothing of a silent cell and does not count it", async () => {
    const { reply: before } = await run("1");
    const { reply, published } = await run("console.log('unheard'); 5", { silent: true });
    expect(reply).toMatchObject({ status: "ok", execution_count: before.execution_count });
    expect(published).toEqual([]);
  });

  it("evaluates user expressions in the cells' scope after the cell, each with its own fate", async () => {
    const { reply, published } = await run("const radius = 4;", {
      user_expressions: { area: "radius ** 2", wrong: "nothing.there", thrown: "(() => { throw 'no' })()" },
    });
    expect(published.map(({ type }) => type)).toEqual(["execute_input"]);
    expect(reply.user_expressions).toMatchObject({
      area: { status: "ok", data: { "text/plain": "16" }, metadata: {} },
      wrong: { status: "error", ename: "TypeScriptError" },
      thrown: { status: "error", evalue: '"no" was thrown' },
    });
  });

  it("closes comms, which nothing here takes, and answers requests that it does not know", async () => {
    const told = await kernel.tell("comm_open", { comm_id: "c1", target_name: "widget", data: {} });
    expect(withoutStatus(told)).toEqual([{ type: "comm_close", content: { comm_id: "c1", data: {} } }]);
    expect(await ask("comm_info_request")).toEqual({ status: "ok", comms: {} });
    expect(await ask("debug_request", {}, "control")).toMatchObject({
      status: "error",
      ename: "UnknownRequest",
    });
  });

  it("asks the front end for prompt() and for what reads process.stdin (a headless cell waited for ever)", async () => {
    const questions: Content[] = [];
    const answerInput = ({ content }: WireMessage): string => `answer ${questions.push(content)}`;
    const secret = 'console.log(await prompt("secret? ", { password: true }));';
    expect(printed(await run(secret, { answerInput }))).toBe("answer 1\n");
    expect(questions).toEqual([{ prompt: "secret? ", password: true }]);
    const reading =
      "import { createInterface } from 'node:readline/promises';\n" +
      "const lines = createInterface({ input: process.stdin, output: process.stdout });\n" +
      "console.log(await lines.question('name? '), await lines.question('and? '));";
    expect(printed(await run(reading, { answerInput }))).toBe("name? and? answer 2 answer 3\n");
    const later = "console.log(await lines.question('later? ')); lines.close();";
    expect(printed(await run(later, { answerInput }))).toBe("later? answer 4\n");
    // Longer than a reader's pause, after which one that goes on reading would ask again.
    await delay(400);
    expect(questions).toHaveLength(4);
    const looping = "const read = (async () => { for await (const line of process.stdin) console.log(line); })();";
    for (const code of ["await prompt('name? ')", `${looping}\nawait read;`])
      expect((await run(code, { allow_stdin: false })).reply).toMatchObject({
        status: "error",
        ename: "StdinNotAllowed",
      });
  });

  it("answers a client that comes back while a cell runs: on control at once, on shell when idle", async () => {
    await kernel.begin("await new Promise((done) => setTimeout(done, 1500))");
    await delay(200);
    await kernel.reconnect();
    const began = performance.now();
    expect(await ask("kernel_info_request", {}, "control")).toMatchObject({ status: "ok" });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await ask("kernel_info_request")).toMatchObject({ status: "ok" });
    expect(printed(await run("console.log('back')"))).toBe("back\n");
  });
});
