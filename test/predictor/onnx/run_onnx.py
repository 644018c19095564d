"""Answers recipes by an ONNX file, as a server elsewhere would: run_onnx.py MODEL.onnx RECIPES.json ANSWERS.json.

RECIPES.json holds columns by name, null where nothing is told; ANSWERS.json gets the outputs of the graph by name, null
where a number is NaN, and under "metadata" the limits that the file carries. The file passes onnx.checker first.
"""

import json
import sys

import numpy
import onnx
import onnxruntime

model, recipes, answers = sys.argv[1:]
onnx.checker.check_model(onnx.load(model), full_check=True)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
with open(recipes, encoding="utf-8") as file:
    columns = json.load(file)
rows = len(next(iter(columns.values())))
feeds = {}
for put in session.get_inputs():
    own = columns.get(put.name, [None] * rows)
    if put.type == "tensor(string)":
        values = numpy.array(["" if one is None else one for one in own], dtype=object)
    else:
        values = numpy.array([numpy.nan if one is None else one for one in own], dtype=numpy.float64)
    feeds[put.name] = values.reshape(-1, 1)
names = [one.name for one in session.get_outputs()]


def plain(values):
    if values.dtype == numpy.float64:
        return [[None if numpy.isnan(one) else one for one in row] for row in values.tolist()]
    return values.tolist()


made = {name: plain(values) for name, values in zip(names, session.run(names, feeds))}
made["metadata"] = dict(session.get_modelmeta().custom_metadata_map)
with open(answers, "w", encoding="utf-8") as file:
    json.dump(made, file)
