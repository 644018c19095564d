"""Prediction by an ensemble of networks 28-96-96-5 in PyTorch: the peer of bench/uncertainty.ts.

The same rows, weights and results as ours: probabilities of every member, their mean, and the decomposition of its entropy.
What saves PyTorch time is done: no gradients, and of member after member, whole or in chunks of rows that stay in the cache,
and all members in one batched product, the fastest counts.

    python ensemble_torch.py FOLDER [--members 10] [--threads 2] [--runs 5]

FOLDER holds features.f32 and weights.f32 (member after member, layer after layer weights [inputs, outputs], then biases),
which the bench writes. Prints JSON. Needs torch and numpy.
"""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

WIDTHS = [28, 96, 96, 5]


def layers_of(numbers):
    layers, next_number = [], 0
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        weights = torch.from_numpy(numbers[next_number:next_number + inputs * outputs].reshape(inputs, outputs).copy())
        next_number += inputs * outputs
        layers.append((weights, torch.from_numpy(numbers[next_number:next_number + outputs].copy())))
        next_number += outputs
    return layers


def probabilities(layers, x):
    for weights, biases in layers[:-1]:
        x = torch.addmm(biases, x, weights).relu_()
    weights, biases = layers[-1]
    return torch.softmax(torch.addmm(biases, x, weights), 1)


def chunked(layers, x):
    return torch.cat([probabilities(layers, some) for some in x.split(4096)])


def batched(stacked, x):
    x = x.expand(len(stacked[0][0]), *x.shape)
    for weights, biases in stacked[:-1]:
        x = torch.baddbmm(biases, x, weights).relu_()
    weights, biases = stacked[-1]
    return torch.softmax(torch.baddbmm(biases, x, weights), 2)


def decompose(samples):
    mean = samples.mean(0)
    total = torch.special.entr(mean).sum(1)
    aleatoric = torch.special.entr(samples).sum(2).mean(0)
    return mean, total, aleatoric, total - aleatoric


def measure(predict, runs):
    seconds, processor = [], []
    for run in range(runs + 1):
        wall, used = time.perf_counter(), time.process_time()
        _, _, _, epistemic = decompose(predict())
        if run > 0:
            seconds.append(time.perf_counter() - wall)
            processor.append(time.process_time() - used)
    return {"seconds": seconds, "processorSeconds": processor, "epistemic": float(epistemic.double().mean())}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--members", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    features = torch.from_numpy(np.fromfile(options.folder / "features.f32", np.float32).reshape(-1, WIDTHS[0]))
    numbers = np.fromfile(options.folder / "weights.f32", np.float32).reshape(options.members, -1)
    members = [layers_of(one) for one in numbers]
    stacked = [(torch.stack([member[l][0] for member in members]), torch.stack([member[l][1] for member in members])[:, None]) for l in range(len(WIDTHS) - 1)]
    ways = {
        "member after member": lambda: torch.stack([probabilities(member, features) for member in members]),
        "member after member in chunks of rows": lambda: torch.stack([chunked(member, features) for member in members]),
        "all members in one product": lambda: batched(stacked, features),
    }
    with torch.inference_mode():
        measured = {how: measure(predict, options.runs) for how, predict in ways.items()}
    how = min(measured, key=lambda one: min(measured[one]["seconds"]))
    print(json.dumps({"torch": torch.__version__, "how": how, **measured[how]}))


main()
