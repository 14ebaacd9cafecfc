"""Starts the page: Streamlit with the settings that the package brings, whatever stands in the working directory."""

from __future__ import annotations

import os
import socket
import tomllib
from dataclasses import dataclass
from pathlib import Path

from wellread.commands import command
from wellread.errors import WellreadError

SCRIPT = Path(__file__).parent / "script" / "wellread_page.py"
SETTINGS = Path(__file__).parent / "config.toml"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is reached: the host's address to listen on, its port, and the path that a proxy puts before."""

    host: str
    port: int
    base_path: str = ""

    @property
    def url(self) -> str:
        """The address as it is typed into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        path = self.base_path.strip("/")
        return f"http://{host}:{self.port}/{path}{'/' if path else ''}"


def settings() -> dict[str, object]:
    """Streamlit's settings of the page by their full names, such as server.headless."""
    return _flat(tomllib.loads(SETTINGS.read_text(encoding="utf-8")))


def check_free(address: Address) -> None:
    """Make sure that the page can listen there; raises WellreadError where it cannot."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        if os.name == "posix":
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address.host, address.port))
        except OSError as error:
            raise WellreadError(
                f"the page cannot listen there ({error.strerror or error})",
                f"name another port or host: {command('serve', '--port', str(address.port % 65535 + 1))}",
                f"{address.host}:{address.port}",
            ) from error


def serve(index: Path, address: Address) -> None:
    """Show the page over an index until it is interrupted."""
    os.environ["WELLREAD_INDEX"] = str(index.absolute())
    options = settings() | {
        "server.address": address.host,
        "server.port": address.port,
        "server.baseUrlPath": address.base_path.strip("/"),
    }
    from streamlit.web.cli import main

    from wellread.page.connections import limit_connections

    limit_connections()
    words = [f"--{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in options.items()]
    main(["run", str(SCRIPT), *words], prog_name="streamlit", standalone_mode=False)


def _flat(table: dict[str, object], before: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return flat
