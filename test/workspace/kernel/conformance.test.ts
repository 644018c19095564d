import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWireKernel } from "../../support/wireKernel.js";
import type { Answer, WireKernel } from "../../support/wireKernel.js";

/**
 * The 27 cases of the public testbed of Jupyter kernels (github.com/runtimed/kernel-testbed, in four tiers), as claims
 * of ours: where the testbed is content with any answer, the content is looked at, too.
 */
describe("the protocol of kernels", { timeout: 60_000 }, () => {
  let kernel: WireKernel;
  beforeAll(async () => {
    kernel = await startWireKernel();
  }, 60_000);
  afterAll(() => kernel.kill());

  describe("tier 1, what every kernel does", () => {
    it("the heartbeat gives back what it was sent", async () => {
      expect(await kernel.beat("are you there")).toBe("are you there");
    });

    it("kernel_info is answered with status ok", async () => {
      expect((await info()).status).toBe("ok");
    });

    it("kernel_info names the language, as front ends highlight it and as files are called", async () => {
      expect((await info()).language_info).toMatchObject({
        name: "typescript",
        mimetype: "text/typescript",
        file_extension: ".ts",
      });
    });

    it("kernel_info names the version of the protocol", async () => {
      expect((await info()).protocol_version).toMatch(/^5\.\d+$/);
    });

    it("what a cell prints is a stream of stdout", async () => {
      expect(streams(await kernel.execute("console.log('hello')"))).toEqual([{ name: "stdout", text: "hello\n" }]);
    });

    it("what a cell prints as an error is a stream of stderr", async () => {
      expect(streams(await kernel.execute("console.error('oops')"))).toEqual([{ name: "stderr", text: "oops\n" }]);
    });

    it("a cell that runs is answered with status ok", async () => {
      expect((await kernel.execute("const fine = 1;")).reply.content).toMatchObject({
        status: "ok",
        payload: [],
        user_expressions: {},
      });
    });

    it("the kernel is busy before all else of a request, idle after all else, and says each once", async () => {
      const { published } = await kernel.execute("console.log('between')");
      const states = published.map(({ header, content }) =>
        header.msg_type === "status" ? content.execution_state : header.msg_type,
      );
      expect(states).toEqual(["busy", "execute_input", "stream", "idle"]);
    });

    it("everyone who listens is told the code that runs, and its number", async () => {
      const { reply, published } = await kernel.execute("const told = 1;");
      expect(contents(published, "execute_input")).toEqual([
        { code: "const told = 1;", execution_count: reply.content.execution_count },
      ]);
    });

    it("a subscriber is welcomed before any other message, and hears what it subscribed to", () => {
      expect(kernel.first.header.msg_type).toBe("iopub_welcome");
      expect(kernel.first.content).toEqual({ subscription: "" });
      expect(kernel.first.parent).toEqual({});
    });

    it("shutdown is answered with status ok, by the end of the process", async () => {
      const other = await startWireKernel();
      const { reply } = await other.request("control", "shutdown_request", { restart: false });
      expect(reply.content).toEqual({ status: "ok", restart: false });
      expect(await other.ended).toBe(0);
    });
  });

  describe("tier 2, what an editor asks", () => {
    it("completion knows names of earlier cells, and what it replaces", async () => {
      await kernel.execute("const zebraStripes = 7;");
      const { reply } = await kernel.request("shell", "complete_request", { code: "1 + zebraS", cursor_pos: 10 });
      expect(reply.content).toMatchObject({ status: "ok", matches: ["zebraStripes"], cursor_start: 4, cursor_end: 10 });
    });

    it("inspection tells the type of a name of an earlier cell", async () => {
      await kernel.execute("const zebraCount: number = 7;");
      const asked = { code: "zebraCount", cursor_pos: 5, detail_level: 0 };
      const { reply } = await kernel.request("shell", "inspect_request", asked);
      expect(reply.content).toMatchObject({ status: "ok", found: true });
      expect((reply.content.data as Record<string, string>)["text/plain"]).toContain("zebraCount: number");
    });

    it("complete code is complete", async () => {
      expect(await completeness("const whole = [1, 2];")).toBe("complete");
    });

    it("code that goes on is incomplete", async () => {
      expect(await completeness("function half(x: number) {")).toBe("incomplete");
    });

    it("history gives the last cells, oldest first", async () => {
      await kernel.execute("const first = 1;");
      await kernel.execute("const second = 2;");
      const asked = { hist_access_type: "tail", n: 2, output: false, raw: true };
      const { reply } = await kernel.request("shell", "history_request", asked);
      expect(reply.content.status).toBe("ok");
      expect((reply.content.history as unknown[][]).map(([, , code]) => code)).toEqual([
        "const first = 1;",
        "const second = 2;",
      ]);
    });

    it("comm_info is answered with a record of comms", async () => {
      const { reply } = await kernel.request("shell", "comm_info_request", {});
      expect(reply.content).toEqual({ status: "ok", comms: {} });
    });

    it("a cell that cannot be read is an error, in the reply and for everyone who listens", async () => {
      const { reply, published } = await kernel.execute("const = ;");
      expect(reply.content.status).toBe("error");
      const [error] = contents(published, "error");
      expect(error.ename).toBe(reply.content.ename);
      expect(error.traceback).toEqual(reply.content.traceback);
    });
  });

  describe("tier 3, what is shown", () => {
    it("display is a display_data", async () => {
      const { published } = await kernel.execute(
        "import { display } from 'cspbbr3-twin';\nawait display({ html: '<b>bold</b>' });",
      );
      const [{ data }] = contents(published, "display_data");
      expect(data).toMatchObject({ "text/html": "<b>bold</b>" });
    });

    it("a display that is updated is one display_data, and updates under its id", async () => {
      const { published } = await kernel.execute(
        "import { progressBar } from 'cspbbr3-twin';\n" +
          "const bar = progressBar('work', 2);\nbar.advance();\nbar.advance();",
      );
      const [first, ...others] = contents(published, "display_data");
      expect(others).toEqual([]);
      const updates = contents(published, "update_display_data");
      expect(updates.length).toBeGreaterThan(0);
      for (const update of updates) expect(update.transient).toEqual(first.transient);
      expect(first.transient).toEqual({ display_id: expect.any(String) as unknown });
    });

    it("the last expression is an execute_result with the cell's number", async () => {
      const { reply, published } = await kernel.execute("6 * 7");
      expect(contents(published, "execute_result")).toEqual([
        { execution_count: reply.content.execution_count, data: { "text/plain": "42" }, metadata: {} },
      ]);
    });

    it("a list of records as the last expression is an execute_result with a table, besides the text", async () => {
      const { published } = await kernel.execute("[{ phase: 'CsPbBr3', share: 0.5 }]");
      const [{ data }] = contents(published, "execute_result");
      expect((data as Record<string, string>)["text/html"]).toMatch(/<table[^]*CsPbBr3/);
      expect((data as Record<string, string>)["text/plain"]).toBe("[ { phase: 'CsPbBr3', share: 0.5 } ]");
    });
  });

  describe("tier 4, what takes several messages", () => {
    it("prompt asks the front end, waits for its answer and goes on with it", async () => {
      const asked: unknown[] = [];
      const code =
        "import { prompt } from 'cspbbr3-twin';\nconst name = await prompt('name? ');\nconsole.log(`hello ${name}`);";
      const answer = await kernel.execute(code, {
        answerInput: ({ content }) => {
          asked.push(content);
          return "test_input_42";
        },
      });
      expect(asked).toEqual([{ prompt: "name? ", password: false }]);
      expect(answer.reply.content.status).toBe("ok");
      expect(streams(answer)).toEqual([{ name: "stdout", text: "hello test_input_42\n" }]);
    });

    it("a comm that nobody here takes is closed at once, and the next cell runs", async () => {
      const opened = await kernel.tell("comm_open", { comm_id: "c1", target_name: "nobody.here", data: {} });
      expect(contents(opened, "comm_close")).toEqual([{ comm_id: "c1", data: {} }]);
      await kernel.tell("comm_close", { comm_id: "c1", data: {} });
      expect((await kernel.execute("1")).reply.content.status).toBe("ok");
    });

    it("an interrupt on the control channel is answered while a cell waits, and ends that cell", async () => {
      const running = kernel.execute("await new Promise(() => undefined);");
      const { reply } = await kernel.request("control", "interrupt_request", {});
      expect(reply.content).toEqual({ status: "ok" });
      expect((await running).reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
    });

    it("each cell has the next number", async () => {
      const [one, two] = [await kernel.execute("1;"), await kernel.execute("2;")];
      expect(two.reply.content.execution_count).toBe(Number(one.reply.content.execution_count) + 1);
    });

    it("every message names the request that it answers, whole", async () => {
      const { id, reply, published } = await kernel.execute("console.log('hello')");
      for (const { parent } of [reply, ...published])
        expect(parent).toMatchObject({ msg_id: id, msg_type: "execute_request", version: "5.3" });
    });
  });

  async function info(): Promise<Readonly<Record<string, unknown>>> {
    return (await kernel.request("shell", "kernel_info_request", {})).reply.content;
  }

  async function completeness(code: string): Promise<unknown> {
    return (await kernel.request("shell", "is_complete_request", { code })).reply.content.status;
  }
});

function contents(published: Answer["published"], type: string): Readonly<Record<string, unknown>>[] {
  return published.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
}

/** What was printed, by stream, pieces joined. */
function streams({ published }: Answer): { name: unknown; text: string }[] {
  const joined: { name: unknown; text: string }[] = [];
  for (const { name, text } of contents(published, "stream")) {
    const last = joined.at(-1);
    if (last?.name === name) last!.text += String(text);
    else joined.push({ name, text: String(text) });
  }
  return joined;
}
