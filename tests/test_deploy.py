"""The files of deploy/ start what there is, as it can be started, and agree with each other."""

from __future__ import annotations

import argparse
import re
import shlex
from configparser import ConfigParser

import pytest
import yaml
from conftest import ROOT

from wellread.cli.main import _parser

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def unit() -> ConfigParser:
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[method-assign,assignment]
    read.read(DEPLOY / "wellread@.service", encoding="utf-8")
    return read


def options(words: list[str]) -> argparse.Namespace:
    read, unknown = _parser().parse_known_args([word for word in words if word not in ("…", "DIR")])
    assert unknown == []
    return read


def test_service_serves_the_path_that_the_proxy_passes_on() -> None:
    words = shlex.split(unit()["Service"]["ExecStart"].replace("%i", "8501"))
    assert words[0] == "/srv/wellread/.venv/bin/wellread"  # not -m, which takes the code of the checkout
    served = options(words[1:])
    assert (served.port, served.base_path, served.host) == (8501, "/kb", "127.0.0.1")
    assert f"location {served.base_path}/ {{" in NGINX
    assert f"server 127.0.0.1:{served.port};" in NGINX
    assert "proxy_set_header Upgrade" in NGINX


def test_service_writes_nowhere_and_the_name_is_that_of_the_proxy() -> None:
    service = unit()["Service"]
    assert (service["User"], service["ProtectSystem"]) == ("wellread", "strict")
    assert "ReadWritePaths" not in service
    (name,) = re.findall(r"server_name (\S+);", NGINX)
    assert service["Environment"] == f"WELLREAD_HOSTS={name}"


def test_a_crash_leaves_no_question_on_the_disk() -> None:
    assert unit()["Service"]["LimitCORE"] == "0"
    assert [service["ulimits"]["core"] for service in COMPOSE["services"].values()] == [0, 0]


def test_proxy_logs_no_question() -> None:
    (form,) = re.findall(r"log_format without_questions '([^']*)'", NGINX)
    assert not {"$request ", "$args", "$query_string", "$request_uri", "$http_referer"} & set(
        re.findall(r"\$\w+ ?", form)
    )
    assert "without_questions;" in NGINX


def test_container_is_nobody_and_its_command_can_be_read() -> None:
    assert "USER 10001:10001" in CONTAINERFILE
    (command,) = re.findall(r"^CMD (\[.*\])$", CONTAINERFILE, re.MULTILINE)
    program, *words = yaml.safe_load(command)
    assert (program, options(words).host) == ("wellread", "0.0.0.0")
    for service in COMPOSE["services"].values():
        assert (service["read_only"], service["cap_drop"], service["user"]) == (True, ["ALL"], "10001:10001")
    program, *words = COMPOSE["services"]["ingest"]["command"]
    assert (program, words, COMPOSE["services"]["ingest"]["network_mode"]) == ("wellread", ["ingest"], "none")
    sources = [volume.split(":") for volume in COMPOSE["services"]["ingest"]["volumes"]]
    assert [(source, mode) for source, _, *mode in sources] == [
        ("../kb", ["ro"]), ("../judgments", ["ro"]), ("index", [])
    ]  # fmt: skip
    assert all((DEPLOY / source).is_dir() for source, *_ in sources if source.startswith(".."))
    assert "index:/data/index:ro" in COMPOSE["services"]["serve"]["volumes"]


def test_container_copies_what_there_is() -> None:
    for line in re.findall(r"^COPY (.*)$", CONTAINERFILE, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()[:-1])


@pytest.mark.parametrize(
    "line", re.findall(r"(?m)^(?:sudo -u wellread )?(?:\S+/)?(?:python -m )?wellread (.*)$", GUIDE)
)
def test_commands_of_the_guide_can_be_typed(line: str) -> None:
    options(shlex.split(line))


@pytest.mark.parametrize("line", re.findall(r"(?m)^podman-compose (.*)$", GUIDE))
def test_guide_names_the_profile_of_the_service_that_it_starts(line: str) -> None:
    words = line.split()
    service = COMPOSE["services"][words[-1]]
    named = [words[place + 1] for place, word in enumerate(words) if word == "--profile"]
    assert service.get("profiles", []) == named
    assert words[words.index("-f") + 1] == "deploy/compose.yaml"


def test_files_that_the_guide_names_are_there() -> None:
    named = set(re.findall(r"deploy/[\w@.]+\w", GUIDE))
    assert named == {f"deploy/{file.name}" for file in DEPLOY.iterdir() if file.is_file()}
