"""Options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import click

from xltool import budgets
from xltool.cli.words import say

F = TypeVar("F", bound=Callable[..., int])


def mappings(function: F) -> F:
    """``--mappings FOLDER``, as often as there are folders; XLTOOL_MAPPINGS holds them as PATH does."""
    return click.option("--mappings", metavar="FOLDER", multiple=True, help=say("opt-mappings"), callback=_with_environment)(function)


def _with_environment(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    known = tuple(folder for folder in os.environ.get("XLTOOL_MAPPINGS", "").split(os.pathsep) if folder)
    return known + value


def budget(function: F) -> F:
    """``--budget NAME=VALUE``, as often as there are limits to set; the command's help lists them."""
    return click.option("--budget", metavar="NAME=N", multiple=True, expose_value=False, help=say("opt-budget"), callback=_in_force)(function)


def _in_force(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    if not ctx.resilient_parsing:
        ctx.with_resource(budgets.using(budgets.raised(value, budgets.current())))


def force(function: F) -> F:
    """``--force``."""
    return click.option("--force", is_flag=True, help=say("opt-force"))(function)


def as_json(function: F) -> F:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=say("opt-json"))(function)


def json_lines(function: F) -> F:
    """``--json`` of a command that goes on: an object a line."""
    return click.option("--json", "as_json", is_flag=True, help=say("opt-json-lines"))(function)


def quiet(function: F) -> F:
    """``--quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help=say("opt-quiet"))(function)


def profile(function: F) -> F:
    """``--profile NAME|FILE``: the rules of a check."""
    return click.option("--profile", metavar="NAME|FILE", help=say("opt-profile"))(function)


def jobs(words: str) -> Callable[[F], F]:
    """``--jobs N``, with the words that say what the processes are for."""
    return click.option("-j", "--jobs", type=click.IntRange(0, 256), metavar="N", help=say(words))


def limits(function: F) -> F:
    """``--seconds N`` and ``--memory MB``: what one file, and one process, may take."""
    memory = click.option("--memory", type=click.IntRange(64, 2**20), metavar="MB", help=say("opt-memory", limit=budgets.USUAL.memory))
    return click.option("--seconds", type=click.IntRange(1, 86_400), metavar="N", help=say("opt-seconds", limit=budgets.USUAL.seconds))(memory(function))
