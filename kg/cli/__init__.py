"""The command line: options in, a plain function called, its answer printed. Nothing else in kg prints or exits.

One module for each group of commands; importing it here adds its commands, in the order in which `kg --help` lists them.
Exit codes: 0 done (articles that could not be read are told on stderr), 1 kg could not do it, 2 the command line is
wrong, 70 a fault of kg itself, 130 stopped by the user.
"""

from __future__ import annotations

import os
import sys

import typer

from kg.cli.app import app
from kg.errors import KGError
from kg.terminal import tell

# In the order of `kg --help`:
# isort: off
from kg.cli import build, ask, check, identity, rules, ontology, extract  # noqa: F401
# isort: on


def main() -> None:
    """Run the command line. A user's mistake is one line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except KGError as error:
        tell(f"error: {error}")
        code = 1
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "kg")
        tell(f"error: {error.format_message()} (see {command} --help)")
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        tell("stopped; files written earlier are as they were")
        code = 130
    except BrokenPipeError:  # the reader of our output has seen enough, as with | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        tell(
            f"error: a fault in kg ({type(error).__name__}: {error}); set KG_DEBUG=1 to see where, and please report it"
        )
        code = 70
    sys.exit(code if isinstance(code, int) else 0)
