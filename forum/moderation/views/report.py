import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forum.moderation import commission_template
from forum.moderation import report as reading

IN_THE_SITES_ZONE = timezone.override(None)  # months and years are the same for everybody


@require_safe
@IN_THE_SITES_ZONE
def report(request: HttpRequest) -> HttpResponse:
    """Show the public transparency report."""
    return render(request, "forum/moderation/report.html", {"report": reading.report()})


@require_safe
@IN_THE_SITES_ZONE
def report_csv(request: HttpRequest) -> HttpResponse:
    """Return the numbers as CSV, one a row, with names as in the database in every language."""
    found = reading.report()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    lines = csv.writer(response)
    lines.writerow(["month", "section", "name", "number"])
    months = [f"{begin:%Y-%m}" for begin in found.months]
    for section in found.sections:
        for row in section.rows:
            lines.writerows(
                [month, section.name, row.name, number]
                for month, number in zip(months, row.months, strict=True)
            )
    waited = zip(months, found.medians, strict=True)
    lines.writerows(
        [month, "cases", "median_seconds", round(seconds)]
        for month, seconds in waited
        if seconds is not None
    )
    return response


@require_safe
@IN_THE_SITES_ZONE
def report_for_commission(request: HttpRequest, year: int) -> HttpResponse:
    """Return the numbers of a year in the European Commission's template."""
    if year not in reading.report().years:
        raise Http404
    response = HttpResponse(commission_template.archive(year), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="transparency-report-{year}.zip"'
    return response
