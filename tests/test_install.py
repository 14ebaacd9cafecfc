"""Installing: what is said before PyTorch's CUDA build comes, and how the tests' own tools are had."""

from __future__ import annotations

import json
import runpy
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from conftest import ROOT


def test_packages_for_nvidia_cards_are_told_from_what_pytorch_always_needs() -> None:
    cuda_packages = runpy.run_path(str(ROOT / ".ci" / "torch_build.py"))["cuda_packages"]
    requirements = [
        "filelock",
        "jinja2",
        'nvidia-cublas-cu12==12.8.4.1; platform_system == "Linux" and platform_machine == "x86_64"',
        'triton==3.5.0; platform_system == "Linux"',
        'nvidia-special; extra == "special"',
    ]
    assert cuda_packages(requirements) == ["nvidia-cublas-cu12", "triton"]
    assert cuda_packages(requirements[:2]) == []


class TestTools:
    @pytest.fixture
    def script(self, tmp_path: Path) -> Path:
        """The script on a machine without Chromium, where nobody may install; /bin holds no sudo that asks nothing."""
        script = tmp_path / "test_tools.sh"
        script.write_text((ROOT / ".ci" / "test_tools.sh").read_text().replace("/usr/bin/chromium", "/nowhere"))
        (tmp_path / "bin").mkdir()
        for name, does in {"apt-get": 'echo "apt-get $*"', "strace": "", "id": "echo 1000", "sudo": "exit 1"}.items():
            (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{does}\n")
            (tmp_path / "bin" / name).chmod(0o755)
        return script

    def run(self, script: Path) -> subprocess.CompletedProcess[str]:
        path = f"{script.parent / 'bin'}:/usr/bin:/bin"
        return subprocess.run(["sh", script], env={"PATH": path}, capture_output=True, text=True, check=False)

    def test_are_installed_by_root(self, script: Path) -> None:
        (script.parent / "bin" / "id").write_text("#!/bin/sh\necho 0\n")
        done = self.run(script)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[1:] == [
            "apt-get update -qq",
            "apt-get install -y --no-install-recommends chromium fonts-dejavu-core -qq",
        ]

    def test_are_named_with_the_one_command_where_nobody_may_install(self, script: Path) -> None:
        done = self.run(script)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines()[-1] == (
            "    sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core'"
        )


def test_the_bill_of_materials_names_every_installed_package_with_its_version_and_licence() -> None:
    module = runpy.run_path(str(ROOT / ".ci" / "bill_of_materials.py"))
    found = module["packages"]()
    bill = json.loads(json.dumps(module["bill"](found)))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    numpy = next(component for component in bill["components"] if component["name"] == "numpy")
    assert numpy["version"] == version("numpy")
    assert numpy["purl"] == f"pkg:pypi/numpy@{version('numpy')}"
    assert "BSD-3-Clause" in numpy["licenses"][0]["license"]["name"]
    names = {component["bom-ref"] for component in bill["components"]}
    (needs,) = (needs["dependsOn"] for needs in bill["dependencies"] if needs["ref"].startswith("pkg:pypi/pandas@"))
    assert numpy["purl"] in needs
    assert names.issuperset(needs)
    assert any(line.startswith("rich ") and "  MIT" in line for line in module["licence_lines"](found))
