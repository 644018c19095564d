"""Our kernel and ipykernel through nbclient, one after the other, a fresh kernel for each run.

Usage: kernel_through_nbclient.py --runs N
Prints JSON: {kernel: [{"start", "cells", "import" (seconds), "megabytes", "megabytesAfterImport"}, ...]}. Kernels take
turns, so that a load that comes and goes meets both. Memory is what the kernel and its children have in use (RSS).
Needs the packages of test/workspace/kernel/requirements.txt, and our kernelspec on JUPYTER_PATH.
"""
import argparse
import json
import logging
import time

import nbformat
import psutil
from nbclient import NotebookClient

CELLS = 60
KERNELS = {
    # The imports are of packages of like size: ours, whose types a cell's compiler reads, and nbconvert.
    "cspbbr3-twin": ("1", "const x{0} = {0}; x{0} + 1", 'import * as twin from "cspbbr3-twin";'),
    "python3": ("1", "x{0} = {0}; x{0} + 1", "import nbconvert"),
}


def megabytes(process):
    return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / 1e6


def measure(name):
    first, cell, package = KERNELS[name]
    sources = [first, *(cell.format(index) for index in range(CELLS)), package]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    client = NotebookClient(notebook, kernel_name=name, timeout=120)
    marks = [time.perf_counter()]
    with client.setup_kernel():
        process = psutil.Process(client.km.provisioner.process.pid)
        memory = []
        for index, one in enumerate(notebook.cells):
            client.execute_cell(one, index)
            if index in (0, CELLS, CELLS + 1):
                marks.append(time.perf_counter())
                memory.append(megabytes(process))
                # Reading the memory of processes takes a while, too.
                marks.append(time.perf_counter())
    return {
        "start": marks[1] - marks[0],
        "cells": marks[3] - marks[2],
        "import": marks[5] - marks[4],
        "megabytes": memory[0],
        "megabytesAfterImport": memory[2],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, required=True)
    runs = parser.parse_args().runs
    logging.disable(logging.CRITICAL)
    # A run that does not count: it finds files that the next have in memory.
    measured = {name: [measure(name)][1:] for name in KERNELS}
    for _ in range(runs):
        for name in KERNELS:
            measured[name].append(measure(name))
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
