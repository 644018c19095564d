import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const roots: string[] = [];

/** An empty project folder with the given files; removed when the test process ends. */
export function temporaryProject(files: Readonly<Record<string, string>> = {}): string {
  if (roots.length === 0)
    process.once("exit", () => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
  const root = mkdtempSync(join(tmpdir(), "twin-test-"));
  roots.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}
