"""300 policies against 20,000 firms: who may fit, in one pass, and one firm with reasons.

    python benchmarks/firm_policies.py [--firms 20000] [--policies 300]

Firms are drawn with a quarter of their facts unknown; policies have two to five conditions with any-of and
exclusions. Printed: seconds (best of five), how many are met, unmet, unknown, and that a sample of 2,000
pairs of firm and policy has the same verdict from the reasons.
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from typing import Any

import polars as pl

from wenpan.economy.policies.batch import columns_of, fact_frame, matched
from wenpan.economy.policies.conditions import ConditionVerdict, condition_from_data
from wenpan.economy.policies.explained import explain
from wenpan.economy.policies.facts import FactKind
from wenpan.rules.firm_policies import firm_facts

FACTS = firm_facts()
TRADES = ["食品", "机械", "电子", "黑色金属", "软件"]
MARKS = ["规上工业", "限上商贸", "包联企业", "专精特新", "高新技术企业"]


def firms(rng: random.Random, count: int) -> list[dict[str, Any]]:
    def value(kind: FactKind) -> Any:
        if rng.random() < 0.25:
            return None
        match kind:
            case FactKind.NUMBER:
                return round(rng.lognormvariate(6, 2))
            case FactKind.WORD:
                return rng.choice(TRADES)
            case FactKind.YES_NO:
                return rng.random() < 0.3
            case FactKind.MARKS:
                return rng.sample(MARKS, rng.randint(0, 3))
        return None

    return [{"firm": n, **{code: value(fact.kind) for code, fact in FACTS.items()}} for n in range(count)]


def policy(rng: random.Random) -> dict[str, Any]:
    numbers = [code for code, fact in FACTS.items() if fact.kind is FactKind.NUMBER]

    def leaf() -> dict[str, Any]:
        return rng.choice([
            {"fact": rng.choice(numbers), rng.choice(["at_least", "at_most"]): rng.choice([50, 200, 5000])},
            {"fact": "trade", "in": rng.sample(TRADES, 3)},
            {"fact": "lists", "has": rng.choice(MARKS)},
            {"fact": rng.choice(["local", "completed"]), "equals": True},
        ])  # fmt: skip

    parts = [leaf() for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.6:
        parts.append({"any": [leaf(), leaf()]})
    if rng.random() < 0.5:
        parts.append({"none": [{"fact": "dishonest", "equals": True}]})
    return {"all": parts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--policies", type=int, default=300)
    args = parser.parse_args()
    rng = random.Random(20221014)
    rows = firms(rng, args.firms)
    frame = fact_frame(pl.DataFrame(rows, schema={"firm": pl.Int64, **columns_of(FACTS)}), FACTS)
    policies = {f"p{n}": condition_from_data(policy(rng), FACTS) for n in range(args.policies)}
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        table = matched(frame, policies)
        seconds.append(time.perf_counter() - began)
    long = table.drop("firm")
    met = sum(long[c].sum() for c in long.columns)
    unknown = sum(long[c].null_count() for c in long.columns)
    print(f"{platform.machine()}, {platform.processor() or 'processor not told'}, polars {pl.__version__}")
    said = f"{min(seconds):.3f} s (worst of five {max(seconds):.3f})"
    print(f"{args.policies} policies x {args.firms} firms: {said}")
    print(f"met {met}, unmet {long.height * long.width - met - unknown}, unknown {unknown}")
    same = 0
    for _ in range(2000):
        row, code = rng.randrange(args.firms), rng.choice(list(policies))
        said = explain(policies[code], rows[row], FACTS).verdict
        same += (
            said
            is {True: ConditionVerdict.MET, False: ConditionVerdict.UNMET, None: ConditionVerdict.UNKNOWN}[
                table[code][row]
            ]
        )
    print(f"verdicts that the reasons share: {same} of 2000")


if __name__ == "__main__":
    main()
