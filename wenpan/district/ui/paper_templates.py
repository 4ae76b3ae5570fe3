"""Which head and end of the place a kind of paper is made with: whoever keeps the templates answers.

Rooms that make papers ask here; without a template in force the paper has the program's own head.
"""

from __future__ import annotations

from datetime import date

from wenpan.district.ground import originals
from wenpan.district.ground.registries import Providers
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.paper import Paper

_templates: Providers[[str], str] = Providers()
answer_with = _templates.only


def template_of(purpose: str) -> str:
    """The hash of the template in force for bulletin, briefing or order; "" for none."""
    return next(iter(_templates.ask(purpose)), "")


def rendered(paper: Paper, created: date) -> bytes:
    """The .docx of a paper with the template that it names."""
    own = originals.get(paper.template) if paper.template else None
    return gbt9704.render(paper, created=created, template=own)
