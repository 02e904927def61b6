"""Asks Apache Otava 0.8.0 where series change; its answers are the fixture change-points-oracle.json.

    python3 -m venv otava && otava/bin/pip install apache-otava==0.8.0
    otava/bin/python slo/judge/statistics/testing/change-points-oracle.py > slo/judge/statistics/testing/change-points-oracle.json
"""
import json

import numpy as np
from otava.analysis import compute_change_points
from otava.change_point_divisive.calculator import PairDistanceCalculator

rng = np.random.default_rng(20261121)


def noisy(*levels, spread):
    """Stretches of (level, length) with normal noise of `spread` times the level."""
    return np.concatenate([rng.normal(level, level * spread, length) for level, length in levels])


SERIES = {
    "nothing happens": noisy((100, 60), spread=0.05),
    "one step of 10 % among noise of 3 %": noisy((100, 20), (110, 20), spread=0.03),
    "a step in twelve points": noisy((50, 6), (60, 6), spread=0.02),
    "worse, then mended": noisy((200, 25), (230, 8), (200, 25), spread=0.02),
    "three steps in four months": noisy((10, 40), (11, 45), (9.5, 30), (12, 40), spread=0.03),
    "one wild point": np.concatenate([noisy((100, 15), spread=0.02), [180.0], noisy((100, 15), spread=0.02)]),
    "a slow drift": noisy((100, 50), spread=0.02) + np.linspace(0, 30, 50),
    "the newest point alone is off": np.concatenate([noisy((100, 30), spread=0.01), [125.0]]),
    "a step too small for its noise": noisy((100, 10), (103, 10), spread=0.05),
}


def answer(name, values):
    values = [round(float(value), 6) for value in values]
    candidate = PairDistanceCalculator(np.array(values)).get_candidate_change_point(slice(0, len(values)))
    found, _ = compute_change_points(values, window_len=50, max_pvalue=0.001)
    return {
        "name": name,
        "values": values,
        "largestSplit": {"index": int(candidate.index), "energy": float(candidate.qhat)},
        "changePoints": [int(point.index) for point in found],
    }


print(json.dumps([answer(name, values) for name, values in SERIES.items()], indent=1))
