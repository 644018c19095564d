import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { peerPython, runPython, withoutPython } from "../../support/pythonPeers.js";

/** Tests of the suite, with what of the protocol each asks for. */
const claims: Readonly<Record<string, string>> = {
  test_kernel_info: "kernel_info names the language and its file extension",
  test_execute_stdout: "console.log is a stream of stdout",
  test_execute_stderr: "console.error is a stream of stderr",
  test_error: "a cell that throws gives one error and no other output",
  test_execute_result: "the last expression is an execute_result",
  test_display_data: "display is a display_data with its MIME type",
  test_clear_output: "clearOutput is a clear_output",
  test_completion: "completion gives the matching names and no other",
  test_inspect: "inspection finds a name's documentation",
  test_is_complete: "is_complete tells complete, incomplete and invalid code apart",
  test_history: "history answers tail, range and search, with and without outputs",
  test_recv_iopub_welcome_msg: "a subscriber is welcomed before any other message",
};

/** The only test that our kernel has no answer for: payloads are deprecated, and no cell of TypeScript asks for one. */
const unanswered = ["test_pager"];

interface Result {
  readonly status: "passed" | "failed" | "skipped";
  readonly words: readonly string[];
}

describe.skipIf(peerPython === null || process.platform === "win32")(
  `jupyter_kernel_test 0.7.0 on our kernel${withoutPython}`,
  () => {
    let results: Readonly<Record<string, Result>> = {};

    beforeAll(async () => {
      const { stdout, stderr } = await runPython([projectPath("test/workspace/kernel/jupyter_kernel_tests.py")]);
      if (stdout === "") throw new Error(stderr);
      results = JSON.parse(stdout) as typeof results;
    }, 150_000);

    it.each(Object.entries(claims))("%s: %s", (name) => {
      expect(results[name]).toEqual({ status: "passed", words: [] });
    });

    it("has no other test, and skips none but the pager's", () => {
      expect(Object.keys(results).sort()).toEqual([...Object.keys(claims), ...unanswered].sort());
      expect(Object.keys(results).filter((name) => results[name].status === "skipped")).toEqual(unanswered);
    });
  },
);
