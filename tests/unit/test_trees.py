"""Sums of oblivious trees."""

from __future__ import annotations

import numpy as np

from cleaner.trees import Forest


def forest() -> Forest:
    feature = np.array([[0, 1], [1, 1]], np.int16)
    border = np.array([[0.5, 2.0], [1.0, np.inf]], np.float32)
    leaves = np.array([[[1, 0], [2, 0], [4, 0], [8, 0]], [[100, 5], [200, 6], [0, 0], [0, 0]]], np.int16)
    return Forest(feature, border, leaves, np.array([1000, 0], np.int32))


def test_a_path_is_read_from_the_lowest_bit() -> None:
    matrix = np.array([[0, 1, 1], [0, 0, 3]], np.float32)
    assert forest().sums(matrix).tolist() == [[1101, 1102, 1208], [5, 5, 6]]


def test_many_columns_are_judged_like_one() -> None:
    draw = np.random.default_rng(0)
    matrix = draw.random((2, 5000), np.float32) * 4
    whole = forest().sums(matrix)
    assert all(whole[:, n].tolist() == forest().sums(matrix[:, [n]])[:, 0].tolist() for n in range(0, 5000, 97))


def test_packing_gives_the_same_back() -> None:
    packed = forest().pack("x")
    again = Forest.unpack("x", packed)
    matrix = np.array([[1], [3]], np.float32)
    assert again.sums(matrix).tolist() == forest().sums(matrix).tolist()
