"""The best matching overall: each header for one column at most, and the sum of the weights as great as can be."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

Weights = Mapping[tuple[int, str], float]


def best_matching(weights: Weights) -> dict[int, str]:
    """Header to column, of all ways to pair them off the one of the greatest weight (the Hungarian method)."""
    headers = sorted({header for header, _ in weights})
    columns = sorted({column for _, column in weights})
    if not headers:
        return {}
    cost = [[-weights.get((header, column), 0.0) for column in columns] + [0.0] * len(headers) for header in headers]
    paired = _assign(cost)
    return {headers[row]: columns[place] for row, place in paired.items() if place < len(columns) and cost[row][place] < 0}


def _assign(cost: list[list[float]]) -> dict[int, int]:
    """Row to column at the least cost; there are at least as many columns as rows. Position 0 stands for none."""
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        way, place = _path(cost, row_price, column_price, owner)
        while place:
            owner[place], place = owner[way[place]], way[place]
    return {owner[place] - 1: place - 1 for place in range(1, columns + 1) if owner[place]}


def _path(cost: list[list[float]], row_price: list[float], column_price: list[float], owner: list[int]) -> tuple[list[int], int]:
    """The cheapest way from a new row to a column that is free; prices are raised along it."""
    columns = len(column_price) - 1
    least, way, seen = [inf] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    place = 0
    while owner[place]:
        seen[place] = True
        row = owner[place]
        for other in range(1, columns + 1):
            if not seen[other] and (price := cost[row - 1][other - 1] - row_price[row] - column_price[other]) < least[other]:
                least[other], way[other] = price, place
        free = min((other for other in range(1, columns + 1) if not seen[other]), key=lambda other: least[other])
        step = least[free]
        for other in range(columns + 1):
            if seen[other]:
                row_price[owner[other]] += step
                column_price[other] -= step
            else:
                least[other] -= step
        place = free
    return way, place
