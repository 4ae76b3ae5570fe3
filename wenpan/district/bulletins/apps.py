"""The room of documents out: analysis and bulletin, the causes of red lights, and what awaits whom."""

from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "wenpan.district.bulletins"

    def ready(self) -> None:
        from wenpan.district.bulletins import awaited, work
        from wenpan.district.bulletins.heads.queries import in_force
        from wenpan.district.bulletins.reasons import on_sheet
        from wenpan.district.bulletins.reasons.queries import forms_filled
        from wenpan.district.ui.awaited import awaited as register
        from wenpan.district.ui.awaited import batch_act
        from wenpan.district.ui.changes import month_steps
        from wenpan.district.ui.form_counts import counted
        from wenpan.district.ui.paper_templates import answer_with
        from wenpan.district.ui.week_sheet import asked_on_sheet

        assert work  # registers the job
        register(awaited.groups)
        for act in awaited.acts():
            batch_act(act)
        month_steps(awaited.steps)
        answer_with(in_force)
        counted(forms_filled)
        asked_on_sheet(on_sheet.questions)
