"""Kolmogorov-Smirnov and population stability of the features of bench/drift.ts, by SciPy's ks_2samp with NumPy's
quantiles and histogram, and by a NumPy that sorts the reference once: seconds of each, and what they found."""
import json
import sys
import time

import numpy
import scipy
from scipy import special, stats

folder, features, rows, runs = sys.argv[1], *map(int, sys.argv[2:])
read = lambda name: numpy.fromfile(f"{folder}/{name}.f64", dtype="<f8").reshape(features, rows)
reference, current = read("reference"), read("current")
shares = numpy.arange(1, 10) / 10
freedom = len(shares)
scale = 2 / rows


def stability(p, q):
    p, q = numpy.maximum(p / rows, 1e-4), numpy.maximum(q / rows, 1e-4)
    return ((q - p) * numpy.log(q / p)).sum()


def usual(feature):
    before, now = reference[feature], current[feature]
    test = stats.ks_2samp(before, now)
    edges = numpy.concatenate([[-numpy.inf], numpy.quantile(before, shares), [numpy.inf]])
    index = stability(numpy.histogram(before, edges)[0], numpy.histogram(now, edges)[0])
    return test.statistic, test.pvalue, index, special.chdtrc(freedom, index / scale)


def sorted_once(feature):
    before, now = ordered[feature], numpy.sort(current[feature])
    there = numpy.arange(rows)
    above = (there + 1) / rows - numpy.searchsorted(before, now, side="left") / rows
    under = numpy.searchsorted(before, now, side="right") / rows - there / rows
    statistic = max(above.max(), under.max())
    root = numpy.sqrt(rows / 2)
    chance = special.kolmogorov((root + 0.12 + 0.11 / root) * statistic)
    edges = numpy.quantile(before, shares)
    below = [numpy.searchsorted(side, edges, side="right") for side in (before, now)]
    counts = [numpy.diff(one, prepend=0, append=rows) for one in below]
    index = stability(*counts)
    return statistic, chance, index, special.chdtrc(freedom, index / scale)


def timed(test):
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        found = [test(feature) for feature in range(features)]
        seconds.append(time.perf_counter() - started)
    return {"seconds": seconds, "found": [[float(one) for one in row] for row in found]}


ordered = numpy.sort(reference, axis=1)
sort = []
for _ in range(runs):
    started = time.perf_counter()
    for feature in range(features):
        numpy.sort(current[feature])
    sort.append(time.perf_counter() - started)
versions = {"scipy": scipy.__version__, "numpy": numpy.__version__}
print(json.dumps({**versions, "usual": timed(usual), "sortedOnce": timed(sorted_once), "sort": sort}))
