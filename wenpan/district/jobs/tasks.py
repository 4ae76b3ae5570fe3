"""What the queue carries: the number of a job, nothing else."""

from __future__ import annotations

from django_tasks import task


@task()
def run_job(pk: int) -> None:
    from wenpan.district.jobs.running import run

    run(pk)
