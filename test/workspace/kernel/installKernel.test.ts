import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { installKernel, removeKernel } from "../../../src/workspace/kernel/installKernel.js";
import { temporaryFolder } from "../../support/fakePrograms.js";

interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
}

const inData = ["kernels", "cspbbr3-twin", "kernel.json"];
const read = (file: string): Kernelspec => JSON.parse(readFileSync(file, "utf8")) as Kernelspec;

describe("installKernel", () => {
  it("names this Node and this checkout's launcher by absolute paths: no variable or PATH is needed", async () => {
    const data = temporaryFolder();
    const said = await installKernel({ environment: { JUPYTER_DATA_DIR: data } });
    const { argv, display_name, language } = read(join(data, ...inData));
    expect(argv[0]).toBe(process.execPath);
    expect(argv).toContain(projectPath("dist", "workspace", "kernel", "launch.js"));
    expect(argv.filter((part) => part.includes("launch.js")).every(isAbsolute)).toBe(true);
    expect(argv.at(-1)).toBe("{connection_file}");
    expect({ display_name, language }).toEqual({ display_name: "TypeScript (cspbbr3-twin)", language: "typescript" });
    expect(said).toContain(join(data, ...inData));
  });

  it("keeps everything else of the committed kernelspec", async () => {
    const data = temporaryFolder();
    await installKernel({ environment: { JUPYTER_DATA_DIR: data } });
    const committed = read(projectPath("notebooks", "kernels", "cspbbr3-twin", "kernel.json"));
    expect({ ...read(join(data, ...inData)), argv: null }).toEqual({ ...committed, argv: null });
  });

  it.skipIf(process.platform !== "linux")(
    "goes to JUPYTER_DATA_DIR, else XDG_DATA_HOME/jupyter, else ~/.local/share/jupyter (Linux only)",
    async () => {
      const home = temporaryFolder();
      await installKernel({ environment: { HOME: home } });
      expect(existsSync(join(home, ".local", "share", "jupyter", ...inData))).toBe(true);
      await installKernel({ environment: { HOME: home, XDG_DATA_HOME: join(home, "xdg") } });
      expect(existsSync(join(home, "xdg", "jupyter", ...inData))).toBe(true);
      await installKernel({
        environment: { HOME: home, XDG_DATA_HOME: join(home, "unused"), JUPYTER_DATA_DIR: join(home, "jupyter") },
      });
      expect(existsSync(join(home, "jupyter", ...inData))).toBe(true);
      expect(existsSync(join(home, "unused"))).toBe(false);
    },
  );

  it("a prefix wins over the user's folder and is relative to where npm was called", async () => {
    const folder = temporaryFolder();
    await installKernel({
      environment: { JUPYTER_DATA_DIR: join(folder, "unused"), INIT_CWD: folder },
      prefix: "environment",
    });
    expect(existsSync(join(folder, "environment", "share", "jupyter", ...inData))).toBe(true);
    expect(existsSync(join(folder, "unused"))).toBe(false);
  });

  it("a folder that cannot be written is refused with its mend", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "jupyter"), "a file");
    await expect(installKernel({ environment: { JUPYTER_DATA_DIR: join(folder, "jupyter") } })).rejects.toThrow(
      /must be writable; got (EEXIST|ENOTDIR); a file stands/,
    );
  });
});

describe("removeKernel", () => {
  it("takes the registration back, with its folder", async () => {
    const place = { environment: { JUPYTER_DATA_DIR: temporaryFolder() } };
    await installKernel(place);
    expect(await removeKernel(place)).toMatch(/removed/);
    expect(existsSync(join(place.environment.JUPYTER_DATA_DIR, "kernels", "cspbbr3-twin"))).toBe(false);
  });

  it("says so when there is nothing to remove", async () => {
    expect(await removeKernel({ environment: { JUPYTER_DATA_DIR: temporaryFolder() } })).toMatch(/nothing to remove/);
  });

  it.each([`${projectPath("dist")}-of-another`, "/somewhere/else/dist"])(
    "leaves the registration of another checkout alone: %s",
    async (dist) => {
      const data = temporaryFolder();
      const file = join(data, ...inData);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, JSON.stringify({ argv: ["node", `${dist}/workspace/kernel/launch.js`] }));
      await expect(removeKernel({ environment: { JUPYTER_DATA_DIR: data } })).rejects.toThrow(InputError);
      expect(existsSync(file)).toBe(true);
    },
  );
});
