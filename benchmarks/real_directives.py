"""Real papers read at first sight: the labelled passages of the shared folder, in halves by document.

    python benchmarks/real_directives.py [--half tune|report|all] [--misses] [--confidence] [--fit]
        [--also FOLDER] [--keep FILE] [--with-kept FILE]

The passages (WENPAN_SHARED/data/directives_real) are other people's words and are not kept here. They are
scored as `score_matters.py` beside them does: at least 60 % of a label's characters stand in the proposal and
30 % of the proposal's in the label; the lead is the same set of names, the deadline the same words. `tune` is
the half whose errors may be looked at, `report` the one that only reports; the split is by document and was
fixed by a hash of its name (`half_of`) before anything was changed. `--confidence` prints how well
confidence ranks what is right: Brier against the base rate's, and AUC. `--keep` writes the signs of each
proposal and whether it was right, before the rules are mended on a set; `--with-kept` fits on those of such
sets, as what the rules were mended on no longer shows how they fail.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from wenpan.documents.orders.acceptance import NAMES, Acceptance
from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.task_tables import propose
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml, policies

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
RIDGE = 1.0
FOLDER = SHARED / "data" / "directives_real"


@dataclass(frozen=True)
class Case:
    """One passage with the scorer's own record of it; `half` is tune or report."""

    record: dict[str, Any]
    kind: str
    on: date
    half: str


@dataclass(frozen=True)
class Judged:
    """One proposal beside its label (None: too much) and what was right of it."""

    case: Case
    proposal: MatterProposal
    label: dict[str, Any] | None
    lead: bool = False
    deadline: bool = False

    @property
    def right(self) -> bool:
        return self.label is not None and self.lead and self.deadline


@dataclass
class Tally:
    wanted: int = 0
    judged: list[Judged] = field(default_factory=list)
    missed: list[tuple[Case, dict[str, Any]]] = field(default_factory=list)

    def line(self, name: str) -> str:
        hits = [j for j in self.judged if j.label is not None]
        n, got, found = self.wanted, len(self.judged), len(hits)
        lead, day = sum(j.lead for j in hits), sum(j.deadline for j in hits)
        right = sum(j.right for j in hits)
        f1 = 2 * found / max(n + got, 1)
        return (
            f"{name:24} matters {n:3} proposed {got:3} F1 {f1:.3f} lead {lead / max(found, 1):.3f}"
            f" deadline {day / max(found, 1):.3f} all right {right / max(n, 1):.3f}"
        )


def scorer() -> Any:
    """The scorer of the shared folder as a module, without running it."""
    source = (FOLDER / "score_matters.py").read_text(encoding="utf-8")
    module: dict[str, Any] = {}
    body = source.split("\nwenpan = sys.argv[1]")[0] + "\n"
    functions = source[source.index("norm = lambda") : source.index("def propose(")]
    exec(compile(body + "here = None\n" + functions, "score_matters", "exec"), module)
    return module


def half_of(ids: Sequence[str]) -> dict[str, str]:
    """Every second document, in the order of the hash of its name, is for tuning."""
    ranked = sorted(ids, key=lambda name: sha256(name.encode()).hexdigest())
    return {name: ("tune", "report")[i % 2] for i, name in enumerate(ranked)}


def cases(folder: Path = FOLDER) -> list[Case]:
    def lines(name: str) -> list[dict[str, Any]]:
        text = (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else ""
        return [json.loads(line) for line in text.splitlines() if line.strip()]

    shared = scorer()
    meta = {m["id"]: m for m in lines("passages_meta.jsonl")}
    records = lines("passages.jsonl") + lines("negatives.jsonl")
    halves = half_of([r["id"] for r in records])
    return [
        Case(
            r,
            meta.get(r["id"], {}).get("kind") or r.get("kind") or "negative",
            date.fromisoformat(shared["day"](r, meta)),
            halves[r["id"]],
        )
        for r in records
    ]


def units_of(record: dict[str, Any]) -> list[str]:
    parts = [p for t in record.get("tasks", []) for p in (t.get("lead"), *(t.get("coop") or []))]
    return sorted({n for part in parts for n in (part or "").replace(",", "、").split("、") if n})


def read(case: Case, calendar: Calendar, acceptance: Acceptance | None = None) -> Sequence[MatterProposal]:
    units = units_of(case.record)
    return propose.propose(
        case.record["text"].encode(),
        "paper.txt",
        on=case.on,
        calendar=calendar,
        gazetteer=Gazetteer({u: u for u in units}) if units else None,
        acceptance=acceptance,
    ).proposals


def tally(
    chosen: Sequence[Case], calendar: Calendar, acceptance: Acceptance | None = None
) -> dict[str, Tally]:
    shared, found = scorer(), defaultdict[str, Tally](Tally)
    for case in chosen:
        got, want = list(read(case, calendar, acceptance)), case.record.get("tasks", [])
        pairs = sorted(
            (
                (shared["overlap"](g.text, w["text"]), _same_lead(shared, g, w), i, j)
                for i, g in enumerate(got)
                for j, w in enumerate(want)
            ),
            reverse=True,
        )
        mine, theirs = dict[int, Judged](), set[int]()
        for value, same, i, j in pairs:
            if value and i not in mine and j not in theirs:
                norm = shared["norm"]
                days = norm(got[i].deadline_text) == norm(want[j].get("deadline"))
                mine[i] = Judged(case, got[i], want[j], same, days)
                theirs.add(j)
        judged = [mine.get(i, Judged(case, g, None)) for i, g in enumerate(got)]
        judged = [j for j in judged if j.label is not None or not _either_way(shared, j)]
        for name in (case.kind, "all"):
            found[name].wanted += len(want)
            found[name].judged += judged
            found[name].missed += [(case, w) for j, w in enumerate(want) if j not in theirs]
    return dict(found)


def _same_lead(shared: Any, got: MatterProposal, want: dict[str, Any]) -> bool:
    return bool(shared["names"](got.lead) == shared["names"](want.get("lead")))


def _either_way(shared: Any, judged: Judged) -> bool:
    """Among what the labels call a matter of taste."""
    text, norm = judged.proposal.text, shared["norm"]
    taste = judged.case.record.get("optional") or []
    return any(shared["overlap"](text, o) or norm(text) in norm(o) for o in taste)


def misses(t: Tally) -> Iterator[str]:
    for case, label in t.missed:
        yield f"{case.record['id']} NOT FOUND {label['text']} | {label.get('lead')} | {label.get('deadline')}"
    for j in t.judged:
        p, name = j.proposal, j.case.record["id"]
        if j.label is None:
            yield f"{name} TOO MUCH {p.text} | {p.lead} | {p.deadline_text} | {p.confidence}"
        elif not j.lead:
            yield f"{name} LEAD {j.label.get('lead')!r} but {p.lead!r}: {p.text}"
        if j.label is not None and not j.deadline:
            yield f"{name} DEADLINE {j.label.get('deadline')!r} but {p.deadline_text!r}: {p.text}"


def brier_and_auc(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float, float]:
    """Brier of the confidences and of the base rate, the chance that a right one ranks above a wrong one."""
    base = sum(right for _, right in pairs) / len(pairs)
    brier = sum((p - right) ** 2 for p, right in pairs) / len(pairs)
    good, bad = [p for p, r in pairs if r], [p for p, r in pairs if not r]
    above = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return brier, base * (1 - base), above / max(1, len(good) * len(bad))


def fitted(rows: Sequence[tuple[dict[str, float], bool]], ridge: float = RIDGE) -> dict[str, float]:
    """Weights of a logistic model by Newton's steps; `ridge` draws all but the intercept to nought."""
    x = np.array([[1.0, *(signs[name] for name in NAMES)] for signs, _ in rows])
    y, w = np.array([float(right) for _, right in rows]), np.zeros(x.shape[1])
    pull = np.diag([0.0] + [ridge] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + pull + 1e-9 * np.eye(len(w)), x.T @ (p - y) + pull @ w
        )
    return dict(zip(("intercept", *NAMES), (round(float(v), 2) for v in w), strict=True))


@dataclass(frozen=True)
class Kept:
    """A proposal when its set was read for the first time; `found`: its matter is one of the labels."""

    id: str
    signs: dict[str, float]
    right: bool
    found: bool

    @classmethod
    def of(cls, j: Judged) -> Kept:
        return cls(j.case.record["id"], dict(j.proposal.signs), j.right, j.label is not None)


def kept_in(path: Path) -> list[Kept]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Kept(r["id"], r["signs"], r["right"], r["found"]) for r in rows]


def by_folds(judged: Sequence[Kept], folds: int = 10) -> list[tuple[float, Kept]]:
    """Each proposal's probability from weights fitted on the documents of the other folds."""
    ids = sorted({j.id for j in judged}, key=lambda name: sha256(name.encode()).hexdigest())
    fold, out = {name: i % folds for i, name in enumerate(ids)}, list[tuple[float, Kept]]()
    for k in range(folds):
        model = acceptance_of(fitted([(j.signs, j.right) for j in judged if fold[j.id] != k]))
        out += [(model.probability(j.signs), j) for j in judged if fold[j.id] == k]
    return out


def acceptance_of(weights: dict[str, float]) -> Acceptance:
    return Acceptance(weights["intercept"], {n: weights[n] for n in NAMES}, 0.0)


def calendar() -> Calendar:
    return Calendar.from_data(load_yaml("calendars/china")[0])


def _print_fit(judged: Sequence[Kept]) -> None:
    pairs = [(p, j.right) for p, j in by_folds(judged)]
    wrong = sum(not right for _, right in pairs)
    told = "{} proposals, {} wrong; ten-fold: Brier {:.3f} of the base rate {:.3f} AUC {:.3f}"
    print(told.format(len(pairs), wrong, *brier_and_auc(pairs)))
    print(json.dumps(fitted([(j.signs, j.right) for j in judged]), ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "report", "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="of the tuning half only")
    parser.add_argument("--confidence", action="store_true")
    parser.add_argument(
        "--also", type=Path, action="append", default=[], help="a further folder of labelled passages"
    )
    parser.add_argument("--fit", action="store_true", help="weights of acceptance.yaml, and ten-fold figures")
    parser.add_argument("--keep", type=Path, help="write the signs of what is proposed now")
    parser.add_argument("--with-kept", type=Path, action="append", default=[], help="of earlier sets")
    args = parser.parse_args()
    if not FOLDER.is_dir():
        sys.exit(f"没有 {FOLDER}: 真实通稿不随项目分发, 用 WENPAN_SHARED 指明位置.")
    if args.with_kept:
        _print_fit([row for path in args.with_kept for row in kept_in(path)])
        return
    chosen = [c for c in cases() if args.half in (c.half, "all")]
    chosen += [c for folder in args.also for c in cases(folder)]
    found = tally(chosen, calendar(), policies.acceptance() if args.confidence else None)
    for kind in sorted(found, key=lambda k: (k == "all", k)):
        print(found[kind].line(kind))
    judged = found["all"].judged
    if args.confidence:
        pairs = [(j.proposal.confidence, j.right) for j in judged]
        print("Brier {:.3f} of the base rate {:.3f} AUC {:.3f}".format(*brier_and_auc(pairs)))
    if args.keep:
        rows = [json.dumps(asdict(Kept.of(j)), ensure_ascii=False) for j in judged]
        args.keep.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    if args.fit:
        _print_fit([Kept.of(j) for j in judged])
    if args.misses:
        print("\n".join(misses(tally([c for c in chosen if c.half == "tune"], calendar())["all"])))


if __name__ == "__main__":
    main()
