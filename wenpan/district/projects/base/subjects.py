"""What problems, visits, states and excuses belong to: a statistics project or a key project."""

from __future__ import annotations

from wenpan.district.projects.models import KeyProject, Project

Subject = Project | KeyProject


def subject_field(subject: Subject) -> str:
    return "project" if isinstance(subject, Project) else "key_project"


def address(subject: Subject) -> str:
    """The subject of a journal entry."""
    return f"{subject_field(subject)}:{subject.pk}"
