"""Works out what low response does to published networks that never change, and keeps the figures for docs/measures.md.

    python docs/make_low_response.py FOLDER

FOLDER holds `ht_advice_nodes.csv`, `ht_advice_edges.csv` and the like; the variable NETWORKS_FOLDER may name it too.
The figures go to docs/low_response.json; `make docs` puts them on the page.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import igraph
import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import rankdata

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from networks.graphs import network  # noqa: E402
from networks.measures.reciprocity import confirmed_reciprocity  # noqa: E402
from networks.uncertainty.bounds import density_limits  # noqa: E402
from networks.uncertainty.coverage import coverage  # noqa: E402

FIGURES = ROOT / "docs" / "low_response.json"
NETWORKS = {
    "ht_advice": "Krackhardt's managers, advice (21 people, 190 ties)",
    "ht_friends": "Krackhardt's managers, friendship (21 people, 102 ties)",
    "knecht_w2": "Knecht's pupils, friendship, second wave (26 people, 117 ties)",
}
DRAWS, SEED = 2000, 1
Matrix = NDArray[np.bool_]
"""n x n: whether the row names the column."""
Who = NDArray[np.bool_]
"""For each person whether they answered."""
Row = Mapping[str, float]
Random = np.random.Generator


def read(folder: Path, name: str) -> Matrix:
    """A network as a matrix."""
    nodes = pl.read_csv(folder / f"{name}_nodes.csv", infer_schema=False)
    return network(nodes, pl.read_csv(folder / f"{name}_edges.csv", infer_schema=False)).adjacency.toarray() > 0


def who_answers(people: int, rate: float, random: Random) -> Who:
    """As many respondents as the rate says, any of them as likely as any other."""
    told = np.zeros(people, dtype=bool)
    told[random.choice(people, round(rate * people), replace=False)] = True
    return told


def growth(truth: Matrix, rates: tuple[float, float], draws: int, random: Random) -> Row:
    """What would be read as growth, though nothing changed: shares, each a median and the middle 95 % of draws."""
    found = [_growth(truth, *(who_answers(len(truth), rate, random) for rate in rates)) for _ in range(draws)]
    values: dict[str, float] = {}
    for name in found[0]:
        of_all = [one[name] for one in found]
        low, middle, high = np.quantile(of_all, [0.025, 0.5, 0.975])
        values |= {name: float(middle), f"{name}_low": float(low), f"{name}_high": float(high)}
    return values


def _growth(truth: Matrix, before: Who, after: Who) -> Row:
    first, second = truth & before[:, None], truth & after[:, None]
    both = before & after
    kept, either = (first & second).sum(), (first | second).sum()
    return {
        "raw": second.sum() / first.sum() - 1,
        "per_respondent": second.sum() / after.sum() / (first.sum() / before.sum()) - 1,
        "panel": second[both].sum() / first[both].sum() - 1 if first[both].any() else 0.0,
        "jaccard": kept / either,
    }


def limits(truth: Matrix, rate: float, draws: int, random: Random) -> Row:
    """The limits of density, on average, and how often they hold the truth."""
    n, named = len(truth), truth.sum(axis=1).astype(float)
    density = float(truth.sum() / (n * (n - 1)))
    rows = []
    for _ in range(draws):
        worst, likely = density_limits(named[who_answers(n, rate, random)], n)
        ends = np.array([worst.low, worst.high, likely.low, likely.high], dtype=float)
        held = [low - 1e-9 <= density <= high + 1e-9 for low, high in ends.reshape(2, 2)]
        rows.append([*ends, *held])
    names = ("worst_low", "worst_high", "likely_low", "likely_high", "worst_held", "likely_held")
    return dict(zip(names, np.mean(rows, axis=0).tolist(), strict=True)) | {"truth": density}


def covered(truth: Matrix, rate: float, random: Random) -> Row:
    """The share of pairs of whom one end answered, and both; beside what a large roster would have."""
    told = who_answers(len(truth), rate, random)
    found, share = coverage(len(truth), int(told.sum())), float(told.mean())
    return {
        "either": found.share or 0.0,
        "both": found.confirmable or 0.0,
        "large_either": 1 - (1 - share) ** 2,
        "large_both": share**2,
    }


def reciprocity(truth: Matrix, rate: float, draws: int, random: Random) -> Row:
    """The share of ties returned: of all that were reported, and among people who both answered."""
    reported, confirmed = [], []
    for _ in range(draws):
        told = who_answers(len(truth), rate, random)
        seen = truth & told[:, None]
        reported.append((seen & seen.T).sum() / seen.sum())
        confirmed.append(_confirmed(seen, told))
    real = float((truth & truth.T).sum() / truth.sum())
    return {"truth": real, "all_reports": float(np.mean(reported)), "both_answered": float(np.nanmean(confirmed))}


def _confirmed(seen: Matrix, told: Who) -> float:
    ego, alter = np.nonzero(seen)
    one = pl.lit(1, pl.Int32).alias("wave")
    arcs = pl.DataFrame({"ego": ego.astype(str), "alter": alter.astype(str)}).with_columns(one)
    finished = pl.DataFrame({"person": np.flatnonzero(told).astype(str)}).with_columns(one)
    found = confirmed_reciprocity(arcs, finished)
    return np.nan if found is None else found


def central(truth: Matrix, rate: float, draws: int, random: Random) -> Row:
    """How many of the top tenth of brokers are found, and how far ranks of in-degree agree (Spearman)."""
    top, ranks = _brokers(truth), rankdata(truth.sum(axis=0))
    found, agreement = [], []
    for _ in range(draws):
        seen = truth & who_answers(len(truth), rate, random)[:, None]
        found.append(len(top & _brokers(seen)) / len(top))
        agreement.append(np.corrcoef(rankdata(seen.sum(axis=0)), ranks)[0, 1])
    return {"brokers_found": float(np.mean(found)), "in_degree_ranks": float(np.mean(agreement))}


def _brokers(matrix: Matrix) -> set[int]:
    """The tenth of people through whom most shortest ways go."""
    scores = np.array(igraph.Graph(n=len(matrix), edges=np.argwhere(matrix).tolist(), directed=True).betweenness())
    return set(np.argsort(-scores, kind="stable")[: round(len(matrix) / 10)].tolist())


def worked_out(truth: Matrix, draws: int = DRAWS, seed: int = SEED) -> dict[str, dict[str, Row]]:
    """All figures of one network, by what they are of and by response in percent."""

    def each(rates: tuple[int, ...], one: Callable[..., Row], *more: int) -> dict[str, Row]:
        return {str(rate): one(truth, rate / 100, *more, np.random.default_rng(seed)) for rate in rates}

    pairs = ((45, 45), (45, 60), (45, 75), (60, 90))
    return {
        "growth": {
            f"{one} to {two}": growth(truth, (one / 100, two / 100), draws, np.random.default_rng(seed))
            for one, two in pairs
        },
        "limits": each((45, 75, 90), limits, draws),
        "coverage": each((30, 50, 75, 90), covered),
        "reciprocity": each((50, 75), reciprocity, draws),
        "central": each((30, 50, 70, 90), central, draws),
    }


ABOUT = """## What low response does

Published networks that never change: only who answered is drawn again, {draws:,} times, any person as likely as any
other, with the seed {seed}; nobody forgets anybody. Worked out on {on} by `docs/make_low_response.py`. Of 21 people 9
answer at 45 % and 16 at 75 %, which is 78 % more and not 67 %. The thresholds of `gate` rest on the same trial with an
advice network of 71 people, where chance has less room: all ties +70 % from 45 to 75 %, brokers found 28, 47, 68 and
85 % of the time at 30, 50, 70 and 90 %, and ranks that agree to .88 at 30 %. In networks as small as these, ranks are
less sure than that.
"""
GROWTH = """### Apparent growth where there is none

Median and middle 95 % of draws. *All ties* grow with the response. Ties *per respondent* do not on average, but swing
with who answered. The *panel* of people who answered both times shows no change in any draw, for there is none.
*Jaccard* of all reported ties is far from 1 although every tie was kept; in the panel it is 1.
"""
LIMITS = """### Limits of density

Means over draws. The worst case takes each silent person to have named nobody, or everybody; the likely limits take
them to be at the 5th or the 95th percentile of answers. *Likely held* is how often these hold the true density: where
two or three are silent, one of them may lie beyond. The worst limits always do.
"""
COVERAGE = """### Network coverage

The share of pairs of whom one end answered, and both: what ties can be seen, and what can be confirmed. In brackets
1 - (1-r)² and r², to which they come on a large roster.
"""
RECIPROCITY = """### Ties returned

From all reported ties the figure falls with the response, for answers are missing that would return them. Among pairs
who both answered it is right on average, to within .02.
"""
CENTRAL = """### Brokers, and the most named

How many of the true top tenth by betweenness are found, and how far ranks of in-degree agree with the true ones
(Spearman). Brokers are therefore not shown below 70 %, and even there a third of them are others; who is named most
can be told much earlier.
"""


def section(made: dict[str, Any]) -> str:
    """The part of the manual that shows the figures."""
    networks: dict[str, dict[str, dict[str, Row]]] = made["networks"]

    def of(kind: str, head: tuple[str, ...], *cells: Callable[[Row], str]) -> str:
        rows = [
            [title, rate if "to" in rate else f"{rate} %", *(cell(row) for cell in cells)]
            for title, kinds in networks.items()
            for rate, row in kinds[kind].items()
        ]
        lines = [["network", "response", *head], ["---", *["---:"] * (len(head) + 1)], *rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    spans = [_span(name) for name in ("raw", "per_respondent", "panel")]
    parts = [
        ABOUT.format(**made),
        GROWTH,
        of("growth", ("all ties", "per respondent", "panel", "Jaccard"), *spans, lambda row: f"{row['jaccard']:.2f}"),
        LIMITS,
        of("limits", ("true", "worst", "likely", "likely held"), _two("truth"), _two("worst_low", "worst_high"),
           _two("likely_low", "likely_high"), lambda row: f"{row['likely_held']:.0%}"),
        COVERAGE,
        of("coverage", ("one end", "both"), *(_beside(name) for name in ("either", "both"))),
        RECIPROCITY,
        of("reciprocity", ("true", "all reports", "both answered"), _two("truth"), _two("all_reports"),
           _two("both_answered")),
        CENTRAL,
        of("central", ("brokers found", "in-degree ranks"), lambda row: f"{row['brokers_found']:.0%}",
           _two("in_degree_ranks")),
    ]  # fmt: skip
    return "\n".join(parts)


def _span(name: str) -> Callable[[Row], str]:
    return lambda row: f"{_signed(row[name])} [{_signed(row[name + '_low'])}, {_signed(row[name + '_high'])}]"


def _signed(share: float) -> str:
    return f"{share:+.0%}" if round(100 * share) else "0%"


def _two(*names: str) -> Callable[[Row], str]:
    return lambda row: " to ".join(f"{row[name]:.3f}" for name in names)


def _beside(name: str) -> Callable[[Row], str]:
    return lambda row: f"{row[name]:.2f} ({row['large_' + name]:.2f})"


def main(arguments: list[str]) -> int:
    """Writes the figures of all networks; gives the exit code."""
    given = arguments[0] if arguments else os.environ.get("NETWORKS_FOLDER")
    if not given or not Path(given).is_dir():
        print("Give the folder with the published networks, or name it in NETWORKS_FOLDER.", file=sys.stderr)
        return 1
    figures = {title: worked_out(read(Path(given), name)) for name, title in NETWORKS.items()}
    made = {"on": f"{datetime.now(UTC):%d %B %Y}", "draws": DRAWS, "seed": SEED, "networks": figures}
    FIGURES.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
