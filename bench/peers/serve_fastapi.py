"""Serves an ONNX file of `twin export` with FastAPI, uvicorn and onnxruntime: the peer of `twin serve`.

    python3 bench/peers/serve_fastapi.py MODEL.onnx --port 8080

POST /predict takes {"recipes": [{column: value, ...}, ...]} and answers with the fields of `twin predict --json`, as
far as the file tells them: a recipe that leaves values out has every phase in its set, no intervals and no distance,
and ways in which one lies outside name the feature, not the side. GET /healthz says that it is up.
"""

import argparse
import json

import numpy
import onnxruntime
import orjson
import uvicorn
from fastapi import FastAPI, Request, Response

KEY = "cspbbr3-twin.limits"
VERSION = 1
# In hot injection there is no polar solvent to name.
UNNAMED = ("polarSolvent", "polarSolventFraction")


class Problem(Exception):
    def __init__(self, status, detail, faults=None):
        super().__init__(detail)
        self.status = status
        self.body = {"status": status, "detail": detail, **({} if faults is None else {"faults": faults})}


class Model:
    """A file, ready to answer."""

    def __init__(self, path, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        limits = json.loads(self.session.get_modelmeta().custom_metadata_map[KEY])
        if limits["version"] != VERSION:
            raise SystemExit(f"{path}: limits must be of version {VERSION}; got {limits['version']}")
        self.limits = limits
        self.outputs = [one.name for one in self.session.get_outputs()]
        self.inputs = {one["name"]: one for one in limits["inputs"]}
        self.ranges = [one["name"] for one in limits["ranges"]]

    def feeds(self, recipes):
        feeds = {}
        for name, put in self.inputs.items():
            is_text = put["kind"] == "category"
            own = [recipe.get(name) for recipe in recipes]
            kinds = (str,) if is_text else (int, float)
            wrong = next((i for i, one in enumerate(own) if one is not None and type(one) not in kinds), None)
            if wrong is not None:
                must = "a text" if is_text else "a number"
                raise Problem(422, f"row {wrong + 1}, column {name}: must be {must}; got {json.dumps(own[wrong])}")
            nothing = "" if is_text else numpy.nan
            values = [nothing if one is None else one for one in own]
            feeds[name] = numpy.array(values, dtype=object if is_text else numpy.float64).reshape(-1, 1)
        return feeds

    def answer(self, recipes):
        feeds = self.feeds(recipes)
        made = self.session.run(self.outputs, feeds)
        found = {name: one.tolist() for name, one in zip(self.outputs, made)}
        rows = []
        faults = []
        for i, (refused,) in enumerate(found["refused"]):
            if refused:
                faults.append(self.fault(feeds, i))
            else:
                rows.append(self.row(found, feeds, i))
        if not rows:
            raise Problem(422, "none of the recipes can be answered", faults)
        limits = self.limits
        return {
            "version": 1,
            "rows": rows,
            "model": limits["model"],
            "label": limits["label"],
            "distance": limits["distance"],
            "answered": len(rows),
            "unanswered": len(faults),
            "refused": faults,
        }

    def row(self, found, feeds, i):
        limits = self.limits
        outside = [f"{name} beyond the training range" for name, one in zip(self.ranges, found["beyond"][i]) if one]
        if found["strange"][i][0]:
            outside.append("a name that training rows did not have")
        distance = number(found["distance"][i][0]) if "distance" in found else None
        if distance is not None and distance > limits["distance"]["threshold"]:
            outside.append(f"distance {distance:.2f} above {limits['distance']['threshold']:.2f}")
        whole = found["whole"][i][0]
        return {
            "row": i + 1,
            "phase": found["phase"][i][0],
            "probabilities": dict(zip(limits["phases"], found["probabilities"][i])),
            "set": self.set(found, i),
            "inDomain": not outside,
            "outside": outside,
            "distance": distance,
            "missing": {"columns": [] if whole else self.missing(feeds, i), "setSize": None, "setSizeOfWhole": None},
            "quantities": self.quantities(found, i),
            "label": limits["label"],
            "advice": None,
        }

    def set(self, found, i):
        phases = self.limits["phases"]
        return [name for name, one in zip(phases, found["set"][i]) if one] if "set" in found else phases

    def quantities(self, found, i):
        told = {
            one["column"]: {
                "unit": one["unit"],
                "value": number(found["quantities"][i][k]),
                "low": number(found["quantitiesLow"][i][k]),
                "high": number(found["quantitiesHigh"][i][k]),
                "reason": None,
            }
            for k, one in enumerate(self.limits["quantities"])
        }
        for one in self.limits["withoutQuantities"]:
            told[one["column"]] = {"unit": None, "value": None, "low": None, "high": None, "reason": one["reason"]}
        return told

    def missing(self, feeds, i):
        text, share = UNNAMED
        columns = []
        for name, put in self.inputs.items():
            value = feeds[name][i, 0]
            nothing = value == "" if put["kind"] == "category" else numpy.isnan(value)
            unnamed = name == text and share in feeds and feeds[share][i, 0] == 0
            if put["isRead"] and nothing and not unnamed:
                columns.append(name)
        return columns

    def fault(self, feeds, i):
        """The first number that is out of its range; else why a recipe may be refused."""
        for name, put in self.inputs.items():
            if put["kind"] == "category":
                continue
            value = feeds[name][i, 0]
            column = {"row": i + 1, "column": name, "at": f"row {i + 1}, column {name}"}
            if numpy.isnan(value):
                if not put["mayBeMissing"]:
                    mend = f"write the value in {put['unit']}"
                    return {**column, "must": "must be given", "got": "nothing", "mend": mend}
            elif not ((put["min"] is None or value >= put["min"]) and (put["max"] is None or value <= put["max"])) or (
                put["aboveZero"] and value <= 0
            ):
                must = f"must be from {put['min']} to {put['max']} {put['unit']}"
                return {**column, "must": must, "got": str(value), "mend": "mend the value, or drop the recipe"}
        return {
            "row": i + 1,
            "column": None,
            "at": f"row {i + 1}",
            "must": "must be a recipe that can be carried out, in names that training rows had",
            "got": "another one",
            "mend": "ask `twin predict`, which says why",
        }


def number(value):
    return None if value != value else value


def recipes_of(body):
    if not isinstance(body, dict) or not isinstance(body.get("recipes"), list) or not body["recipes"]:
        raise Problem(400, 'the body must be {"recipes": [{column: value, ...}, ...]}')
    if not all(isinstance(one, dict) for one in body["recipes"]):
        raise Problem(400, "each recipe must be an object of recipe columns")
    return body["recipes"]


def application(model):
    app = FastAPI(title="twin, by onnxruntime")

    @app.post("/predict")
    async def predict(request: Request):
        try:
            try:
                body = orjson.loads(await request.body())
            except orjson.JSONDecodeError as error:
                raise Problem(400, f"the body must be JSON; got {error}") from error
            return Response(orjson.dumps(model.answer(recipes_of(body))), media_type="application/json")
        except Problem as problem:
            return Response(
                orjson.dumps(problem.body), status_code=problem.status, media_type="application/problem+json"
            )

    @app.get("/healthz")
    async def healthz():
        return {"status": "ok"}

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--threads", type=int, default=1, help="of onnxruntime, within one request")
    given = parser.parse_args()
    served = application(Model(given.model, given.threads))
    uvicorn.run(served, host=given.host, port=given.port, log_level="warning", access_log=False)
