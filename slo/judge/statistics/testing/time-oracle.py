"""Asks numpy and scipy 1.17.1 for slopes and means of series; their answers are the fixture time-oracle.json.

    python3 -m venv oracle && oracle/bin/pip install scipy==1.17.1
    oracle/bin/python slo/judge/statistics/testing/time-oracle.py > slo/judge/statistics/testing/time-oracle.json
"""
import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261121)


def slope(name, values):
    at = np.sort(rng.choice(60_000, len(values), replace=False))
    found = stats.theilslopes(values, at, method="joint")
    points = [[int(t), float(v)] for t, v in zip(at, values)]
    return {"name": name, "points": points, "slope": found.slope, "start": found.intercept}


def mean(name, *stretches, batch):
    """Batch means of stretches whose lengths are multiples of the batch; each stretch has a mean of its own."""
    residuals, lags = [], 0.0
    for counts, sums in stretches:
        n, s = counts.reshape(-1, batch).sum(axis=1), sums.reshape(-1, batch).sum(axis=1)
        own = s - n * s.sum() / n.sum()
        lags += float(np.dot(own[1:], own[:-1]))
        residuals.append(own)
    all_residuals = np.concatenate(residuals)
    batches, freedom = len(all_residuals), len(all_residuals) - len(stretches)
    squares = float(np.dot(all_residuals, all_residuals))
    together = max(0.0, lags / squares + 2 / batches)
    variance = squares / freedom * batches * (1 + together) / (1 - together) * freedom / stats.chi2.ppf(0.05, freedom)
    count = sum(float(c.sum()) for c, _ in stretches)
    value = sum(float(s.sum()) for _, s in stretches) / count
    error = np.sqrt(variance) / count
    lean = stats.skew(all_residuals, bias=False) / (6 * np.sqrt(batches))
    bent = [(np.cbrt(1 + 6 * lean * (t - lean)) - 1) / (2 * lean) for t in stats.t.ppf([0.975, 0.025], freedom)]
    return {
        "name": name,
        "stretches": [[[int(n), float(s)] for n, s in zip(c, x)] for c, x in stretches],
        "batchSeconds": batch,
        "value": value,
        "standardError": error,
        "low": value - bent[0] * error,
        "high": value - bent[1] * error,
    }


def seconds(length, level):
    counts = rng.integers(5, 40, length)
    return counts, np.round([rng.lognormal(np.log(level), 0.6, n).sum() for n in counts], 6)


SLOPES = [
    slope("a line with normal noise", np.round(np.arange(40) + rng.normal(0, 3, 40), 6)),
    slope("a line with wild points", np.round(np.arange(41) - 30 * (rng.random(41) < 0.2), 6)),
    slope("heavy tails, no trend", np.round(rng.standard_t(1.5, 30), 6)),
]
MEANS = [
    mean("one stretch", seconds(72, 100), batch=3),
    mean("two phases, one slower", seconds(60, 80), seconds(40, 200), batch=4),
]
print(json.dumps({"slopes": SLOPES, "means": MEANS}, separators=(",", ":")))
