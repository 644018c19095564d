import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/core/InputError.js";
import { replaceAtomic, requireWritable, writeAtomic } from "../../src/io/writeAtomic.js";
import { asNobody } from "../support/asNobody.js";
import { temporaryProject } from "../support/temporaryProject.js";

const refusal = (write: Promise<void>): Promise<unknown> =>
  write.then(
    () => "written",
    (error: unknown) => error,
  );

describe("writeAtomic", () => {
  it("writes text and bytes, makes the folders, replaces what stood there, and leaves nothing beside it", async () => {
    const root = temporaryProject();
    const path = join(root, "a", "b", "file.txt");
    await writeAtomic(path, "a longer first text: °C\n");
    await writeAtomic(path, Uint8Array.of(0, 255));
    expect([...readFileSync(path)]).toEqual([0, 255]);
    expect(readdirSync(join(root, "a", "b"))).toEqual(["file.txt"]);
  });

  it("of many writers at once leaves one whole text", async () => {
    const root = temporaryProject();
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000));
    await Promise.all(texts.map((text) => writeAtomic(join(root, "file"), text)));
    expect(texts).toContain(readFileSync(join(root, "file"), "utf8"));
    expect(readdirSync(root)).toEqual(["file"]);
  });

  it("writes through a link, also one that names no file yet, and keeps the file's permissions", async () => {
    const root = temporaryProject({ "far/file": "old" });
    await chmod(join(root, "far", "file"), 0o640);
    symlinkSync(join("far", "file"), join(root, "link"));
    symlinkSync(join("far", "other"), join(root, "dangling"));
    for (const name of ["link", "dangling"]) {
      await writeAtomic(join(root, name), "new");
      expect(lstatSync(join(root, name)).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(root, name), "utf8")).toBe("new");
    }
    expect(statSync(join(root, "far", "file")).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(root, "far"))).toEqual(["file", "other"]);
  });

  it("never changes the file that a reader has open or linked: the new one takes its place", async () => {
    const root = temporaryProject({ file: "old" });
    const before = statSync(join(root, "file")).ino;
    await writeAtomic(join(root, "file"), "new");
    expect(statSync(join(root, "file")).ino).not.toBe(before);
  });

  it.each([
    [
      "a folder stands at the path",
      (root: string) => mkdirSync(join(root, "here")),
      "here",
      "EISDIR; a folder stands at this path",
    ],
    [
      "a file stands where a folder is needed",
      (root: string) => writeFileSync(join(root, "here"), "kept"),
      "here/file",
      /(?:EEXIST|ENOTDIR); a file stands where a folder is needed/,
    ],
  ])("refuses when %s, with the mend, and leaves all as it was", async (_, plant, name, words) => {
    const root = temporaryProject();
    plant(root);
    const error = await refusal(writeAtomic(join(root, name), "new"));
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toMatch(/: the file must be writable; got .*; nothing was changed$/);
    expect(readdirSync(root)).toEqual(["here"]);
  });

  it("writes a file of the longest name there is, 255 bytes: a suffix on it broke from 215 on", async () => {
    const root = temporaryProject();
    for (const name of ["n".repeat(255), `${"é".repeat(120)}.json`]) await writeAtomic(join(root, name), "new");
    expect(readdirSync(root)).toHaveLength(2);
    expect(String(await refusal(writeAtomic(join(root, "n".repeat(256)), "new")))).toMatch(
      /got ENAMETOOLONG; choose a shorter name; nothing was changed/,
    );
  });

  it("refuses a device or a pipe, which would be replaced by a file", async () => {
    const root = temporaryProject();
    execFileSync("mkfifo", [join(root, "pipe")]);
    expect(String(await refusal(writeAtomic(join(root, "pipe"), "new")))).toMatch(/must be a file; got a device or/);
    expect(lstatSync(join(root, "pipe")).isFIFO()).toBe(true);
    expect(String(await refusal(requireWritable("/dev/null")))).toMatch(/must be a file; got a device or a pipe/);
  });

  it.skipIf(process.platform !== "linux")(
    "refuses /proc, where mkdir never came back (skipped where there is no /proc)",
    async () => {
      expect(String(await refusal(writeAtomic("/proc/x/y", "new")))).toMatch(/got ENOENT; nothing can be made in this/);
    },
  );

  it("refuses a folder without write permission, and the old file stands", async () => {
    const root = temporaryProject({ file: "old" });
    await chmod(root, 0o555);
    const error = await asNobody(() => refusal(writeAtomic(join(root, "file"), "new")));
    await chmod(root, 0o755);
    expect(String(error)).toMatch(
      /InputError: .*got EACCES; give yourself write permission or choose another folder; nothing was changed/,
    );
    expect([readFileSync(join(root, "file"), "utf8"), readdirSync(root)]).toEqual(["old", ["file"]]);
  });
});

describe("requireWritable", () => {
  it("passes a file that can be written, and one that is not there", async () => {
    const root = temporaryProject({ file: "old" });
    await requireWritable(join(root, "file"));
    await requireWritable(join(root, "none"));
  });

  it("refuses a missing folder with the line that makes it, quoted as a shell reads it, and makes none", async () => {
    const root = temporaryProject();
    const message = String(await refusal(requireWritable(join(root, "my folder", "it's", "a.csv"))));
    expect(message).toContain("the folder of an output must be there; got no such folder; make it with `mkdir -p '");
    expect(message).toContain(`${join(root, "my folder")}/it'\\''s'\`, or choose another one; nothing was changed`);
    expect(readdirSync(root)).toEqual([]);
  });

  it("refuses a name that is too long, a folder in its place, and links in a circle, before the work", async () => {
    const root = temporaryProject();
    symlinkSync("circle", join(root, "circle"));
    mkdirSync(join(root, "folder"));
    for (const [name, code] of [
      ["n".repeat(256), "ENAMETOOLONG"],
      ["folder", "EISDIR"],
      ["circle", "ELOOP"],
    ] as const)
      expect(String(await refusal(requireWritable(join(root, name))))).toContain(`got ${code}; `);
  });

  it("refuses one marked read-only, also to those who may write anywhere", async () => {
    const root = temporaryProject({ file: "old" });
    await chmod(join(root, "file"), 0o444);
    expect(String(await refusal(requireWritable(join(root, "file"))))).toMatch(/got EACCES; give yourself write/);
  });

  it.skipIf(process.getuid?.() === 0)(
    "refuses a folder that cannot be written (skipped as root, who may write anywhere)",
    async () => {
      const root = temporaryProject({ file: "old" });
      await chmod(root, 0o555);
      expect(String(await refusal(requireWritable(join(root, "file"))))).toMatch(/got EACCES/);
      await chmod(root, 0o755);
    },
  );
});

describe("replaceAtomic", () => {
  it("leaves the old file and no trace when the writer fails half way, with the writer's own error", async () => {
    const root = temporaryProject({ file: "old" });
    const own = new Error("out of ideas");
    const half = (temporary: string, error: Error): Promise<void> => {
      writeFileSync(temporary, "half of the new");
      return Promise.reject(error);
    };
    expect(await refusal(replaceAtomic(join(root, "file"), (temporary) => half(temporary, own)))).toBe(own);
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    expect(String(await refusal(replaceAtomic(join(root, "file"), (temporary) => half(temporary, full))))).toMatch(
      /got ENOSPC; free disk space and run again; nothing was changed/,
    );
    expect([readFileSync(join(root, "file"), "utf8"), readdirSync(root)]).toEqual(["old", ["file"]]);
  });

  it("gives the writer a path beside the file, so that taking its place crosses no disk", async () => {
    const root = temporaryProject();
    await replaceAtomic(join(root, "file"), (temporary) => {
      expect(dirname(temporary)).toBe(root);
      writeFileSync(temporary, "whole");
      return Promise.resolve();
    });
    expect(readFileSync(join(root, "file"), "utf8")).toBe("whole");
  });
});
