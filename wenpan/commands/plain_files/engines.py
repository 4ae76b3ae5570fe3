"""Engines: the same calls here, on a Dask cluster or on Ray, with the same results to the last bit.

joblib carries all three. Work is cut into independent calls before it gets here, so no engine ever
shuffles data, and results come back in the order of the calls. `local` is a plain loop with one
worker, processes with more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

ENGINES = ("local", "dask", "ray")


class EngineMissingError(RuntimeError):
    """The engine's library is not installed; says what to install."""


def run(
    engine: str, function: Callable[..., Any], calls: Sequence[tuple[Any, ...]], *, workers: int | None = None
) -> list[Any]:
    """function(*call) for every call, in order. `workers` None: one here, all that a cluster has."""
    if engine not in ENGINES:
        raise ValueError(f"engine: expected one of {', '.join(ENGINES)}, found {engine!r}")
    if engine == "local" and (workers or 1) == 1:
        return [function(*call) for call in calls]
    from joblib import Parallel, delayed

    with _started(engine):
        jobs = workers or (1 if engine == "local" else -1)
        return list(Parallel(n_jobs=jobs)(delayed(function)(*call) for call in calls))


@contextmanager
def _started(engine: str) -> Iterator[None]:
    from joblib import parallel_config

    if engine == "dask":
        with _dask(), parallel_config(backend="dask"):
            yield
    elif engine == "ray":
        _ray()
        with parallel_config(backend="ray"):
            yield
    else:  # child processes; each keeps to one thread, or they would fight for the cores
        with parallel_config(backend="loky", inner_max_num_threads=1):
            yield


@contextmanager
def _dask() -> Iterator[None]:
    try:
        from dask.distributed import Client, LocalCluster
    except ImportError as missing:
        raise EngineMissingError("--engine dask 需要先安装: pip install 'wenpan[dask]'") from missing
    address = os.environ.get("WENPAN_DASK_SCHEDULER")
    if address:
        with Client(address):
            yield
        return
    with LocalCluster(dashboard_address=None, threads_per_worker=1) as cluster, Client(cluster):
        yield


def _ray() -> None:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        from ray.util.joblib import register_ray
    except ImportError as missing:
        raise EngineMissingError("--engine ray 需要先安装: pip install 'wenpan[ray]'") from missing
    if not ray.is_initialized():
        ray.init(address=os.environ.get("WENPAN_RAY_ADDRESS"), include_dashboard=False, log_to_driver=False)
    register_ray()
