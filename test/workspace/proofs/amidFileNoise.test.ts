import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { amidFileNoise } from "../../../src/workspace/proofs/amidFileNoise.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const files = {
  "notebooks/01-a.nb.ts": "// %%\n1\n",
  "node_modules/leaf/index.js": "",
  "node_modules/leaf/lib/more.js": "",
  "package.json": JSON.stringify({
    scripts: { clean: "node -e 0", build: "node -e \"require('fs').appendFileSync(process.env.BUILDS, '+')\"" },
  }),
};

describe("amidFileNoise", () => {
  it("saves, links and builds while the work lasts, changes no byte and leaves nothing behind", async () => {
    const root = temporaryProject(files);
    const builds = (process.env.BUILDS = join(temporaryProject(), "builds"));
    const inode = (): number => statSync(join(root, "notebooks/01-a.nb.ts")).ino;
    const links = (): number => statSync(join(root, "node_modules/leaf/lib/more.js")).nlink;
    const before = inode();
    const seen = { saved: 0, linked: 0 };
    const value = await amidFileNoise(
      async () => {
        while (seen.saved === 0 || seen.linked === 0 || !existsSync(builds)) {
          seen.saved += inode() === before ? 0 : 1;
          seen.linked += links() > 1 ? 1 : 0;
          await delay(0);
        }
        // Builds are counted when they have come to their end.
        await delay(2_000);
        return "done";
      },
      { root, packages: ["leaf"] },
    );
    expect(value).toBe("done");
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(root, name), "utf8")).toBe(text);
    expect(readdirSync(join(root, "notebooks"))).toEqual(["01-a.nb.ts"]);
    expect(readdirSync(join(root, ".twin"))).toEqual([]);
    expect(links()).toBe(1);
  });

  it("refuses work that was over before the noise began, and fails with a noise that fails", async () => {
    const root = temporaryProject(files);
    process.env.BUILDS = join(temporaryProject(), "builds");
    await expect(amidFileNoise(() => Promise.resolve(1), { root, packages: [] })).rejects.toThrow(/outlast one round/);
    const lost = amidFileNoise(() => new Promise(() => undefined), { root, packages: ["nowhere"] });
    await expect(lost).rejects.toThrow(/ENOENT.*nowhere/);
  });
});
