"""Responses that came before there were sheets and comments: count them, and take people's own words out of them.

They are judged again by their own survey version, as they were when they came. A day's at a time, for there may be a million.
"""

from itertools import islice
from typing import Any

import msgspec
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kiosk.fhir import check_and_read, read_survey
from kiosk.survey import Survey
from sync.hub.counts import counting
from sync.hub.counts.counting import Plan
from sync.hub.counts.rolling import Counts, Rolling
from sync.hub.counts.suppression import Rule
from sync.hub.taking_in import flat
from sync.hub.taking_in.told import told
from sync.hub.words import noticing

AT_ONCE = 1000


def count_and_quote(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    surveys = {version.pk: _read(version) for version in apps.get_model("hub", "SurveyVersion").objects.all()}
    sheet, comment = apps.get_model("hub", "Sheet"), apps.get_model("hub", "Comment")
    rolling = Rolling(lambda counts: _keep(sheet, counts), Rule())
    responses = apps.get_model("hub", "Response").objects.order_by("day", "pk").iterator(AT_ONCE)
    while some := list(islice(responses, AT_ONCE)):
        comment.objects.bulk_create(
            comment(**words) for one in some for words in _count(rolling, *surveys[one.version_id], one)
        )
    rolling.close()


def _read(version: Any) -> tuple[Survey, Plan]:
    asked = read_survey(bytes(version.document))
    return asked, counting.plan(asked)


def _count(rolling: Rolling, asked: Survey, plan: Plan, response: Any) -> list[dict[str, Any]]:
    """Count one response; its comments, as the fields of rows."""
    document = msgspec.json.decode(bytes(response.document))
    answers = list(flat.flatten(check_and_read(asked, document)[1], asked))
    said = told(response.status, response.language, document, answers)
    rolling.count(response.day, (response.version_id, response.site_id), plan, said)
    common = {name: getattr(response, name) for name in ("version_id", "site_id", "day", "language", "may_share")}
    common |= {"response_id": response.pk, "overall": counting.overall(plan, answers)}
    return [
        common | {"link_id": answer.link_id, "text": answer.text} | noticing.of(answer.text, response.day)
        for answer in answers
        if answer.text
    ]


def _keep(sheet: Any, counts: Counts) -> None:
    sheet.objects.bulk_create(
        sheet(
            **key._asdict(),
            headline=msgspec.json.encode(columns.headline),
            questions=msgspec.json.encode(columns.questions),
            groups=msgspec.json.encode(columns.groups),
        )
        for key, columns in counts.items()
    )


class Migration(migrations.Migration):
    dependencies = [("hub", "0003_results_that_lead_to_change")]

    operations = [migrations.RunPython(count_and_quote, migrations.RunPython.noop)]
