"""deploy/milvus/compose.yaml has the parts of a cluster that the documentation names, and keeps no secret."""

from __future__ import annotations

import re

import pytest
import yaml
from conftest import ROOT

FILE = ROOT / "deploy" / "milvus" / "compose.yaml"
COMPOSE = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
GUIDE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
ROLES = ("mixcoord", "proxy", "streamingnode", "datanode", "querynode")
"""What `milvus run` starts in a cluster, since 2.6."""


def test_every_part_that_the_guide_names_is_there_and_no_other() -> None:
    named = re.findall(r"(?m)^\| `(\w+)` \|", GUIDE.partition("## A cluster of Milvus")[2].partition("\n## ")[0])
    assert sorted(named) == sorted(SERVICES) == sorted((*ROLES, "etcd", "minio"))


@pytest.mark.parametrize("role", ROLES)
def test_each_part_of_milvus_runs_its_role_and_waits_for_both_stores(role: str) -> None:
    service = SERVICES[role]
    assert service["command"] == ["milvus", "run", role]
    assert service["depends_on"] == {name: {"condition": "service_healthy"} for name in ("etcd", "minio")}
    assert (service["environment"]["ETCD_ENDPOINTS"], service["environment"]["MINIO_ADDRESS"]) == (
        "etcd:2379",
        "minio:9000",
    )
    assert service["environment"]["MQ_TYPE"] == "woodpecker"


def test_segments_are_held_by_several_query_nodes_which_can_read_them_from_disks() -> None:
    node = SERVICES["querynode"]
    assert node["deploy"]["replicas"] == 2
    assert node["environment"]["QUERYNODE_ENABLEDISK"] == "true"


def test_versions_are_pinned_and_images_come_without_a_host() -> None:
    images = {service["image"] for service in SERVICES.values()}
    assert len({image for image in images if "milvus" in image}) == 1
    for image in images:
        name, _, version = image.partition(":")
        assert re.search(r"\d+\.\d+\.\d+|\d{4}-\d\d-\d\d", version), image
        assert "." not in name, image


def test_only_the_proxy_is_reached_from_outside_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"proxy": ["127.0.0.1:19530:19530"]}


def test_secrets_come_from_the_environment_and_must_be_there() -> None:
    environments = [service.get("environment", {}) for service in SERVICES.values()]
    secret = [value for each in environments for name, value in each.items() if re.search("SECRET|PASSWORD", name)]
    assert secret
    assert all(re.fullmatch(r"\$\{[A-Z_]+:\?\}", value) for value in secret)
    assert {service["environment"]["COMMON_SECURITY_AUTHORIZATIONENABLED"] for service in map(SERVICES.get, ROLES)} == {
        "true"
    }


def test_a_crash_leaves_no_question_on_the_disk() -> None:
    assert {service["ulimits"]["core"] for service in map(SERVICES.get, ROLES)} == {0}
