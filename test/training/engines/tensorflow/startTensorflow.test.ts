import { afterEach, describe, expect, it, vi } from "vitest";
import { installed } from "../../../../src/training/engines/tensorflow/installed.js";
import { startTensorflow } from "../../../../src/training/engines/tensorflow/startTensorflow.js";

afterEach(() => vi.doUnmock("@tensorflow/tfjs-node-gpu"));

describe("startTensorflow", () => {
  it("starts though others are at work or start at the same time", async () => {
    const { tf, compute } = await startTensorflow("cpu");
    const starting = Promise.all([startTensorflow("wasm"), startTensorflow("wasm")]);
    // WebAssembly takes a while to start; meanwhile the other is used again and again.
    let isStarting = true;
    void starting.then(() => (isStarting = false));
    for (let uses = 0; isStarting; uses++) {
      const [sum] = await compute(() => [tf.add(uses, 2)]);
      expect(sum[0]).toBe(uses + 2);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await starting).map(({ adapter }) => adapter)).toEqual(["WebAssembly", "WebAssembly"]);
  });

  it("computes, and frees all that it made", async () => {
    for (const name of ["wasm", "cpu"] as const) {
      const { tf, compute, adapter } = await startTensorflow(name);
      const before = tf.memory().numTensors;
      const [sums] = await compute(() => [tf.add(tf.square(tf.tensor1d([1, 2, 3])), 1)]);
      expect(Array.from(sums)).toEqual([2, 5, 10]);
      expect(tf.memory().numTensors).toBe(before);
      expect(adapter).not.toBe("");
    }
  });

  it("refuses tensorflow-node where its package does not load, and where there is no card", async () => {
    vi.doMock("@tensorflow/tfjs-node-gpu", () => {
      throw new Error("libcudart.so.11.0: cannot open shared object file");
    });
    await expect(startTensorflow("node")).rejects.toThrow(
      new RegExp(
        /engine tensorflow-node: the package @tensorflow\/tfjs-node-gpu must load; got ".*"; /.source +
          /install it with `npm install --no-save -D @tensorflow\/tfjs-node-gpu@4\.22\.0`/.source,
      ),
    );
    vi.doMock("@tensorflow/tfjs-node-gpu", () => ({}));
    await expect(startTensorflow("node")).rejects.toThrow(
      /engine tensorflow-node: must find a card with CUDA; got none/,
    );
  });
});

describe("installed", () => {
  it("gives a package, or names what is not there and the mend, without paths of this machine", async () => {
    expect(await installed("node:path", "x", "")).toHaveProperty("join");
    await expect(installed("no-such-package", "tensorflow-x", "install it")).rejects.toMatchObject({
      fault: {
        where: "training, engine tensorflow-x",
        must: "the package no-such-package must load",
        mend: "install it",
      },
    });
    await expect(installed("no-such-package", "tensorflow-x", "install it")).rejects.not.toThrow(/\/src\/|\/dist\//);
  });
});
