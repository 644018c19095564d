"""A network 22-96-96-5 in PyTorch: the peer of bench/training.ts.

The same rows, first weights, loss, optimiser and batch sizes as ours, on one thread. What saves PyTorch time is done: rows
are put into the epoch's order at once, so that batches are views; the loss is read once an epoch; and of the plain, the
foreach and the fused Adam the fastest counts.

    python train_torch.py FOLDER [--epochs 8] [--batch 256 64]

FOLDER holds features.f32, labels.i32 and weights.f32 (layer after layer weights [inputs, outputs], then biases), which the
bench writes. Prints JSON. Needs torch and numpy.
"""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

WIDTHS = [22, 96, 96, 5]


def network(numbers):
    layers, next_number = [], 0
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layer = torch.nn.Linear(inputs, outputs)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(numbers[next_number:next_number + inputs * outputs].reshape(inputs, outputs).T.copy()))
            next_number += inputs * outputs
            layer.bias.copy_(torch.from_numpy(numbers[next_number:next_number + outputs]))
            next_number += outputs
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def train(features, labels, numbers, batch, epochs, variant):
    torch.manual_seed(1)
    model = network(numbers)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, **variant)
    criterion = torch.nn.CrossEntropyLoss()
    rows = len(labels)
    runs, losses = [], []
    for _ in range(epochs):
        wall, processor = time.perf_counter(), time.process_time()
        order = torch.randperm(rows)
        x, y = features[order], labels[order]
        total = torch.zeros(())
        for first in range(0, rows, batch):
            some = y[first:first + batch]
            optimizer.zero_grad(set_to_none=True)
            loss = criterion(model(x[first:first + batch]), some)
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(some)
        losses.append(float(total) / rows)
        runs.append({"seconds": time.perf_counter() - wall, "processorSeconds": time.process_time() - processor})
    return {"runs": runs, "losses": losses}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, nargs="+", default=[256, 64])
    options = parser.parse_args()
    torch.set_num_threads(1)
    labels = torch.from_numpy(np.fromfile(options.folder / "labels.i32", np.int32).astype(np.int64))
    features = torch.from_numpy(np.fromfile(options.folder / "features.f32", np.float32).reshape(len(labels), WIDTHS[0]))
    numbers = np.fromfile(options.folder / "weights.f32", np.float32)
    variants = {"plain": {}, "foreach": {"foreach": True}, "fused": {"fused": True}}
    trainings = {str(batch): {name: train(features, labels, numbers, batch, options.epochs, variant) for name, variant in variants.items()} for batch in options.batch}
    print(json.dumps({"torch": torch.__version__, "trainings": trainings}))


main()
