"""Judges exported tables by the official tools: judge_export.py VERDICTS.json FORMAT FOLDER...

Writes, for each folder, how many errors the tool of the format found and how many rows it read; and for all of them the
version of the tool. Formats: frictionless, croissant, ord, olympus.
"""

import csv
import json
import logging
import os
import shutil
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def cells_of(folder):
    """The CSV of a folder, by csv of Python, so that values are held against what stands in the file."""
    name = next(one for one in os.listdir(folder) if one.endswith(".csv"))
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def frictionless(folders):
    from frictionless import Package, __version__, system, validate

    def judge(folder):
        report = validate(os.path.join(folder, "datapackage.json"))
        errors = [str(one) for one in report.flatten(["type", "message"])]
        different = 0
        rows = []
        if not errors:
            with system.use_context(trusted=True):
                rows = Package(os.path.join(folder, "datapackage.json")).resources[0].read_rows()
            for ours, theirs in zip(cells_of(folder), rows):
                for name, text in ours.items():
                    different += not same(text, theirs[name])
        return {"errors": errors[:5], "count": len(errors), "rows": len(rows), "different": different}

    return __version__, [judge(folder) for folder in folders]


def same(text, value):
    if value is None or value != value:
        return text == ""
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    return value == text if isinstance(value, str) else float(text) == float(value)


def croissant(folders):
    from importlib.metadata import version

    import mlcroissant

    def judge(folder):
        try:
            dataset = mlcroissant.Dataset(os.path.join(folder, "croissant.json"))
            errors = list(dataset.metadata.ctx.issues.errors)
            (records,) = dataset.metadata.record_sets
            rows = list(dataset.records(records.uuid))
        except Exception as error:
            return {"errors": [str(error)[:500]], "count": 1, "rows": 0, "different": 0}
        different = 0
        for ours, theirs in zip(cells_of(folder), rows):
            for name, text in ours.items():
                different += not same(text, theirs[f"{records.uuid}/{name}"])
        return {"errors": errors[:5], "count": len(errors), "rows": len(rows), "different": different}

    return version("mlcroissant"), [judge(folder) for folder in folders]


def ord_schema(folders):
    from importlib.metadata import version

    from google.protobuf import json_format
    from ord_schema import validations
    from ord_schema.proto import dataset_pb2

    # Who makes the record, and when, is for whoever submits it to say.
    options = validations.ValidationOptions(require_provenance=False)

    def judge(folder):
        try:
            with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as file:
                dataset = json_format.Parse(file.read(), dataset_pb2.Dataset())
            validations.validate_datasets({"dataset": dataset}, options=options)
        except Exception as error:
            lines = str(error).splitlines()
            return {"errors": lines[:5], "count": len(lines), "rows": 0, "different": 0}
        return {"errors": [], "count": 0, "rows": len(dataset.reactions), "different": 0}

    return version("ord-schema"), [judge(folder) for folder in folders]


def olympus(folders):
    from importlib.metadata import version

    from olympus.datasets import dataset as module

    # Olympus reads datasets that lie beside its own module, by name.
    beside = tempfile.mkdtemp()
    module.__file__ = os.path.join(beside, "dataset.py")

    def judge(folder):
        name = os.path.basename(folder)
        shutil.copytree(folder, os.path.join(beside, f"dataset_{name}"))
        try:
            dataset = module.Dataset(kind=name)
            with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
                config = json.load(file)
            errors = []
            for parameter in config["parameters"]:
                values = dataset.data[parameter["name"]]
                if parameter["type"] == "categorical":
                    fits = values.isin(parameter["options"]).all()
                else:
                    fits = values.between(parameter["low"], parameter["high"]).all()
                if not fits:
                    errors.append(f"{parameter['name']} is outside of what config.json says")
            missing = int(dataset.data.isna().sum().sum())
            if missing > 0:
                errors.append(f"{missing} values are missing")
            return {"errors": errors, "count": len(errors), "rows": int(dataset.size), "different": 0}
        except BaseException as error:
            return {"errors": [str(error)[:500]], "count": 1, "rows": 0, "different": 0}

    try:
        return version("olymp"), [judge(folder) for folder in folders]
    finally:
        shutil.rmtree(beside)


judges = {"frictionless": frictionless, "croissant": croissant, "ord": ord_schema, "olympus": olympus}

verdicts, form, *paths = sys.argv[1:]
tool, judged = judges[form](paths)
with open(verdicts, "w", encoding="utf-8") as out:
    json.dump({"version": tool, "folders": judged}, out)
