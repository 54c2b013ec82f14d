"""Findings for a program; docs/checks.md says what each key is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xltool.check import SEVERITIES, Finding, Waiver
from xltool.cli import check_table, reports
from xltool.jobs import check as job
from xltool.places import Place
from xltool.problems import Problem


def as_data(found: Sequence[job.Report], missing: Sequence[Problem], unused: Sequence[Waiver], severity: str) -> dict[str, Any]:
    """The answer of a check."""
    return {
        "xltool-check": 1,
        "files": [_file(report, severity) for report in found],
        "missing": [one.place for one in missing],
        "unused_waivers": [{"place": one.place, "rule": one.rule, "form": one.form, "project": one.project, "path": one.path, "indicator": one.indicator} for one in unused],
        "totals": check_table.totals(found),
    }


def _file(report: job.Report, severity: str) -> dict[str, Any]:
    kept = SEVERITIES[: SEVERITIES.index(severity) + 1]
    found = [finding_data(one, place) for one, place in zip(report.findings, report.places, strict=True) if one.severity in kept]
    return {
        "source": report.source,
        "kind": report.kind or None,
        "forms": [{"form": one.form, "title": one.title, "project": one.project, "profile": one.profile, "place": one.place.shown if one.place else None, "blank": one.blank} for one in report.entries],
        "findings": found,
        "doubts": report.doubts,
        "leftover": report.leftover,
        "problems": reports.problems_data(report.problems),
    }


def finding_data(one: Finding, place: Place | None) -> dict[str, Any]:
    """One finding, with its place in the file."""
    return {
        "rule": one.rule,
        "severity": one.severity,
        "answer": one.answer,
        "accepted": one.accepted or None,
        "form": one.entry,
        "path": one.path,
        "paths": list(one.paths),
        "place": place.shown if place else None,
        "cell": {"sheet": place.where, "cells": place.area} if place and place.area else None,
        "caption": one.caption,
        "item": one.item or None,
        "expected": one.expected or None,
        "found": one.found or None,
        "sum": one.sum or None,
        "what": one.what.text(),
        "do": one.do.text(),
    }
