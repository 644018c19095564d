"""Reads notebooks as JSON, each with cells and our text of them; writes what jupytext makes of both."""

import json
import sys

import jupytext
from nbformat import v4

make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}
answers = []
for notebook in json.load(sys.stdin):
    cells = [make[cell["kind"]](cell["source"], metadata=cell.get("metadata", {})) for cell in notebook["cells"]]
    written = v4.new_notebook(cells=cells, metadata={"jupytext": {"notebook_metadata_filter": "-all"}})
    read = jupytext.reads(notebook["text"], fmt="ts:percent")
    answers.append(
        {
            "text": jupytext.writes(written, fmt="ts:percent"),
            "cells": [
                {"kind": cell.cell_type, "source": cell.source, "metadata": cell.metadata} for cell in read.cells
            ],
        }
    )
json.dump(answers, sys.stdout)
