import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";

const folder = mkdtempSync(join(tmpdir(), "twin-typescript-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In a process of its own: a process loads TypeScript once. */
function loaded(cache: string | undefined, { keep = false, flags = [] as readonly string[] } = {}): string {
  const program = `
    import { cacheTypescript, isTypescriptCached, loadTypescript } from ${JSON.stringify(
      projectPath("dist", "workspace", "kernel", "loadTypescript.js"),
    )};
    const typescript = loadTypescript(${JSON.stringify(cache)});
    if (${keep}) await cacheTypescript(${JSON.stringify(cache)});
    console.log(isTypescriptCached(), typeof typescript.createProgram, typescript === loadTypescript());`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  return stdout.trim() || stderr;
}

describe("loadTypescript", () => {
  const cache = join(folder, "inside", "typescript.cache");

  test("needs no cache, uses the one that was kept, and takes a damaged one for none", () => {
    expect(loaded(cache, { keep: true })).toBe("false function true");
    expect(existsSync(cache)).toBe(true);
    expect(loaded(cache)).toBe("true function true");
    truncateSync(cache, 1000);
    expect(loaded(cache)).toBe("false function true");
  });

  test("uses what the build kept in a kernel that Jupyter starts: V8 takes it only under equal flags", () => {
    const { argv } = JSON.parse(
      readFileSync(projectPath("notebooks", "kernels", "cspbbr3-twin", "kernel.json"), "utf8"),
    ) as { readonly argv: readonly string[] };
    const flags = argv.filter((one) => one.startsWith("--") && one !== "--config-path");
    expect(loaded(undefined, { flags })).toBe("true function true");
  });
});
