import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onnxModel } from "../../../src/training/files/onnxModel.js";
import { pythonWith } from "../../support/pythonWith.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { anyArchitectures, anyFeatures, anyNetwork, farthest, ownAnswers } from "../anyNetwork.js";
import { readOnnx } from "../readOnnx.js";

const python = pythonWith(["onnx", "onnxruntime", "numpy"]);
const features = anyFeatures(50);
const featureRows = Array.from({ length: 50 }, (_, row) => Array.from(features.values.subarray(4 * row, 4 * row + 4)));
const targetScales = [
  { mean: 500, scale: 20 },
  { mean: 0.4, scale: 0.1 },
];

describe("onnxModel", () => {
  it.each(anyArchitectures)(
    "holds a graph that, decoded and evaluated, answers within 1e-5 of our own predictor: %s",
    (_, shape) => {
      const network = anyNetwork(shape);
      const model = readOnnx(onnxModel(network));
      const ours = ownAnswers(network, features);
      expect(model.inputs).toEqual([{ name: "features", width: 4 }]);
      expect(model.outputs).toEqual(
        Object.entries(ours).map(([name, values]) => ({ name, width: values.length / 50 })),
      );
      const theirs = model.run(featureRows);
      for (const [head, values] of Object.entries(ours))
        expect(farthest(values, theirs[head].flat())).toBeLessThan(1e-5);
    },
  );

  it("answers in the targets' own units where it is told how they were standardised", () => {
    const network = anyNetwork(anyArchitectures[1][1]);
    const ours = ownAnswers(network, features).targets.map(
      (value, i) => targetScales[i % 2].mean + targetScales[i % 2].scale * value,
    );
    expect(farthest(ours, readOnnx(onnxModel(network, { targetScales })).run(featureRows).targets.flat())).toBeLessThan(
      1e-5,
    );
  });

  it("says its versions and the names of features, classes and targets, and has equal bytes for equal networks", () => {
    const network = anyNetwork(anyArchitectures[0][1]);
    const { irVersion, opset, metadata } = readOnnx(onnxModel(network));
    expect({ irVersion, opset }).toEqual({ irVersion: 8, opset: 17 });
    expect(metadata).toEqual({
      features: '["temperature °C","b","c","d"]',
      classes: '["p","q","r"]',
      targets: '["size","yield"]',
    });
    expect(onnxModel(anyNetwork(anyArchitectures[0][1]))).toEqual(onnxModel(network));
  });

  it.skipIf(python === null)(
    "passes onnx.checker, and onnxruntime answers within 1e-5 of our own predictor (SKIPPED without a Python that " +
      "has them: python3 -m venv .twin/peers && .twin/peers/bin/pip install onnxruntime onnx numpy, or set " +
      "PEER_PYTHON)",
    () => {
      const root = temporaryProject({
        "run.py":
          "import json, sys, numpy, onnx, onnxruntime\n" +
          "x = numpy.array(json.load(open('features.json')), dtype=numpy.float32)\nall = []\n" +
          "for i in range(int(sys.argv[1])):\n    model = onnx.load(f'{i}.onnx')\n" +
          "    onnx.checker.check_model(model, full_check=True)\n" +
          "    session = onnxruntime.InferenceSession(f'{i}.onnx')\n" +
          "    names = [o.name for o in session.get_outputs()]\n" +
          "    all.append(dict(zip(names, [o.tolist() for o in session.run(names, {'features': x})])))\n" +
          "json.dump(all, open('answers.json', 'w'))\nprint(json.dumps(all))\n",
        "features.json": JSON.stringify(featureRows),
      });
      anyArchitectures.forEach(([, shape], i) => writeFileSync(join(root, `${i}.onnx`), onnxModel(anyNetwork(shape))));
      const answers = JSON.parse(
        execFileSync(python!, ["run.py", String(anyArchitectures.length)], { cwd: root, encoding: "utf8" }),
      ) as Record<string, number[][]>[];
      anyArchitectures.forEach(([, shape], i) => {
        const ours = ownAnswers(anyNetwork(shape), features);
        expect(Object.keys(answers[i])).toEqual(Object.keys(ours));
        for (const [head, values] of Object.entries(ours))
          expect(farthest(values, answers[i][head].flat())).toBeLessThan(1e-5);
      });
    },
  );
});
