"""Groups of commands that are known by name and help, and loaded when one of their commands is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from webapp.commands.edge import Group


class Later(Group):
    """A group in a module of its own, under the name `group`.

    Loading every group costs each command, and each worker of the server, a fifth of a second.
    """

    def __init__(self, name: str, help: str, module: str) -> None:
        super().__init__(name, help=help)
        self.module = module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the group's commands."""
        return self.loaded().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        return self.loaded().get_command(ctx, cmd_name)

    def loaded(self) -> click.Group:
        """The group itself."""
        group: click.Group = import_module(self.module).group
        return group
