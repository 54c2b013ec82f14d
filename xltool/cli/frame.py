"""The frame that every command stands in: help in the user's language, commands loaded when used, wrong use told plainly."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

import click

from xltool import budgets
from xltool.cli.words import say
from xltool.messages import sentence
from xltool.version import installed

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
OUTPUTS = frozenset({"out", "annotated", "debug_image", "report", "write_waivers", "write_decisions"})
"""Options that name a file to write."""
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class EmptyWord(click.UsageError):
    """An argument without a character: taken for a path it would name the folder one is in."""


class SameFile(click.UsageError):
    """Two options that name one file to write: what is written first would be lost."""


class Spoken(click.Command):
    """A command whose help has its headings in the user's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not all(map(str.strip, args)):
            raise EmptyWord("", ctx)
        rest = super().parse_args(ctx, args)
        self.look_apart(ctx)
        return rest

    def look_apart(self, ctx: click.Context) -> None:
        """Nothing comes back where the files to write are different ones.

        Raises:
            SameFile: with both options.
        """
        seen: dict[str, str] = {}
        for option in self.params:
            word = ctx.params.get(option.name or "") if option.name in OUTPUTS else None
            if word:
                first = seen.setdefault(os.path.normcase(os.path.realpath(word)), option.opts[-1])
                if first != option.opts[-1]:
                    raise SameFile(f"{first}\0{option.opts[-1]}", ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [(record[0], _in_words(record[1])) for one in self.get_params(ctx) if isinstance(one, click.Option) and (record := one.get_help_record(ctx))]
        with formatter.section(say("options")):
            formatter.write_dl(records)
        # The budgets are the same for every command: thirty lines below each would hide its own options.
        if self.name == "convert":
            with formatter.section(say("budgets")):
                formatter.write_dl([(f"{name} {amount}", say(f"budget-{name}")) for name, amount in budgets.table(budgets.USUAL)])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = say("help")
        return option


def _in_words(text: str) -> str:
    """The help of an option; what click adds to it in English in the user's language."""
    return text.replace("[required]", f"[{say('required')}]").replace("[default: ", f"[{say('default')}")


class LazyGroup(Spoken, click.Group):
    """A group that knows its commands by name: ``modules`` says in which module of the package each lives.

    ``endless`` names the commands that go on until the user ends them, each with the option by which it ends of itself.
    """

    def __init__(self, name: str, modules: Mapping[str, str], text: str, prefix: str = "", endless: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(name, help=text, context_settings=dict(SETTINGS), no_args_is_help=True)
        self.modules = modules
        self.endless = endless
        self.prefix = prefix
        if not prefix:
            self.params.append(click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, help=say("version"), callback=_version))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        found = import_module(f"{__package__}.{self.modules[cmd_name]}").command
        assert isinstance(found, click.Command)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Spoken.format_options(self, ctx, formatter)
        with formatter.section(say("commands")):
            formatter.write_dl([(name, say(f"{self.prefix}{name}")) for name in self.modules])

    def run(self, arguments: list[str]) -> int:
        """The exit code; what goes wrong is raised. Ctrl-C is how an endless command ends, also while it is still loaded."""
        try:
            answer = self.main(arguments, prog_name="xltool", standalone_mode=False)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "", err=True)
            return 2
        except click.exceptions.Exit as error:
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            name = arguments[0] if arguments else ""
            if name not in self.endless or self.endless[name] in arguments:
                raise
            click.echo(say(f"{name}-ended"), err=True)
            return 0
        return answer if isinstance(answer, int) else 0


def _version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"xltool {installed()}")
        ctx.exit()


def command(name: str, text: str, *more: str) -> Callable[[Callable[..., int]], Spoken]:
    """A decorator: the function as a command with its help."""
    return click.command(name, cls=Spoken, help="\n\n".join((say(text), *map(say, more))), context_settings=dict(SETTINGS))


def usage_problem(error: BaseException) -> str | None:
    """How the command was used wrongly, in words; None where the error is another."""
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return sentence("stopped", "", {})
    if not isinstance(error, click.ClickException):
        return None
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    code, words = _wrong(error)
    return sentence(code, "", words | {"help": ctx.command_path if ctx else "xltool"})


def _wrong(error: click.ClickException) -> tuple[str, dict[str, str]]:
    """The code for a wrong use, and its words."""
    match error:
        case click.NoSuchOption():
            return "usage-option", {"what": error.option_name}
        case EmptyWord():
            return "usage-empty", {}
        case SameFile():
            return "usage-same", dict(zip(("one", "other"), error.message.split("\0"), strict=True))
        case click.exceptions.NoSuchCommand():
            return "usage-command", {"what": error.command_name}
        case click.MissingParameter(param=click.Parameter() as param):
            return "usage-missing", {"what": _written(param, error.ctx)}
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as param):
            return "usage-value", {"what": param.opts[-1], "known": ", ".join(map(str, choices))}
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=low, max=high)) as param):
            return "usage-value", {"what": param.opts[-1], "known": f"{low}–{high}"}
        case click.BadOptionUsage() if "requires" in error.message:
            return "usage-argument", {"what": error.option_name}
    if found := _EXTRA.match(error.format_message()):
        return "usage-extra", {"what": found.group(1)}
    return "usage-other", {"what": error.format_message()}


def _written(param: click.Parameter, ctx: click.Context | None) -> str:
    """A parameter as it is written: ``FORM``, ``-o OUT.xlsx``."""
    metavar = param.metavar or (param.make_metavar(ctx) if ctx else "")
    return f"{param.opts[0]} {metavar}" if isinstance(param, click.Option) else metavar
