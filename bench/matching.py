"""Prints how well matching finds planted names, by kind of slip: `python -m bench.matching`.

Nobody decides anything here: what is counted is what is matched automatically. Precision and recall count namings of
people on the roster, the pairs those of people off it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from statistics import mean
from time import perf_counter

from bench.planted_names import Plan, plant
from bench.planted_study import BEGUN, Quality, keep, quality
from bench.services import new_service
from surveys.matching.running import run
from surveys.matching.waiting import how_many_wait

SEEDS = (1, 2, 3, 4, 5)
PLANS: Mapping[str, Plan] = {
    "48 sites, 2,400 people": Plan(),
    "a third off the roster": Plan(off_roster=0.33),
    "few names, many shared": Plan(few_names=True, namesakes=0.1),
    "sites often unknown": Plan(no_site=0.2, no_role=0.4),
    "10,000 people": Plan(people_per_site=208, waves=2, namings_per_wave=5000),
}
HEAD = "| study | seed | precision | recall | pairs: precision | pairs: recall | asked | seconds |\n" + 8 * "|---" + "|"


def measured(plan: Plan, seed: int) -> tuple[Quality, int, float]:
    """How well one study is matched, how many decisions are left to people, and how long the run takes in seconds."""
    _, store, _ = new_service()
    with store.writing() as session:
        kept = keep(session, plant(plan, seed))
        start = perf_counter()
        run(session, kept.study, now=BEGUN)
        taken = perf_counter() - start
        return quality(session, kept), how_many_wait(session, kept.study), taken


def by_kind(found: list[Quality]) -> str:
    """The recall of each kind of slip over several studies, as a table."""
    right: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in found:
        right.update({kind: count for kind, (count, _) in one.found.items()})
        times.update({kind: count for kind, (_, count) in one.found.items()})
    rows = [f"| {kind} | {right[kind] / times[kind]:.3f} | {times[kind]} |" for kind in sorted(times)]
    return "\n".join(["| slip | found | of |", "|---|---|---|", *rows])


def main(arguments: list[str]) -> int:
    """Measure every plan, or those whose name holds the first argument, over five seeds."""
    wanted = arguments[0] if arguments else ""
    print(HEAD)
    kinds: dict[str, list[Quality]] = {}
    for name, plan in PLANS.items():
        for seed in SEEDS if wanted in name else ():
            found, asked, seconds = measured(plan, seed)
            kinds.setdefault(name, []).append(found)
            shares = (found.precision, found.recall, found.together_precision, found.together_recall)
            print(f"| {name} | {seed} | {' | '.join(f'{one:.4f}' for one in shares)} | {asked} | {seconds:.2f} |")
    for name, qualities in kinds.items():
        precision, recall = (mean(getattr(one, share) for one in qualities) for share in ("precision", "recall"))
        print(f"\n{name}: precision {precision:.4f}, recall {recall:.4f}\n\n{by_kind(qualities)}")
    return 0 if kinds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
