import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow } from "../../src/io/filesBelow.js";
import { temporaryProject } from "../support/temporaryProject.js";

describe("filesBelow", () => {
  it("gives files however deep, sorted, with forward slashes; none of a folder that is not there", async () => {
    const root = temporaryProject({ "b.txt": "", "a/inner/c.txt": "", "a/.hidden": "", "a-b.txt": "" });
    expect(await filesBelow(root)).toEqual(["a-b.txt", "a/.hidden", "a/inner/c.txt", "b.txt"]);
    expect(await filesBelow(join(root, "nowhere"))).toEqual([]);
  });
});
