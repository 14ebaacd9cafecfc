"""Lists what is installed: as a bill of materials (CycloneDX 1.6) for scanners, or each package with its licence.

usage: python .ci/bill_of_materials.py [--licences]
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions

_SHORT = 80
"""Characters of a licence's name at most: some packages put the whole text there."""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """An installed package; `licence` is what its metadata say, an SPDX expression where it has one, or ""."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]


def packages() -> list[Package]:
    """What is installed in this environment, by name."""
    return sorted({_package(found) for found in distributions()})


def bill(found: Sequence[Package]) -> dict[str, object]:
    """The bill of materials; the same packages give the same bill."""
    known = {package.name: _purl(package) for package in found}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": [
            {
                "type": "library",
                "bom-ref": known[package.name],
                "name": package.name,
                "version": package.version,
                "purl": known[package.name],
                "licenses": [{"license": {"name": package.licence}}] if package.licence else [],
            }
            for package in found
        ],
        "dependencies": [
            {"ref": known[package.name], "dependsOn": sorted({known[need] for need in package.needs if need in known})}
            for package in found
        ],
    }


def licence_lines(found: Sequence[Package]) -> Iterator[str]:
    """A line for each package with its licence."""
    width = max(len(f"{package.name} {package.version}") for package in found)
    for package in found:
        yield f"{package.name} {package.version}".ljust(width) + f"  {package.licence or 'not told by the package'}"


def _package(found: Distribution) -> Package:
    about = found.metadata
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    expression, written = ((about.get_all(name) or [""])[0] for name in ("License-Expression", "License"))
    licence = expression or ", ".join(kinds) or " ".join(written.split())[:_SHORT]
    needs = {
        _normal(word[0])
        for line in found.requires or ()
        if "extra ==" not in line and (word := re.match(r"[\w.-]+", line))
    }
    return Package(_normal(about["Name"]), found.version, licence, tuple(sorted(needs)))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _purl(package: Package) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"


def main(words: Sequence[str]) -> int:
    """Print one or the other."""
    found = packages()
    print("\n".join(licence_lines(found)) if "--licences" in words else json.dumps(bill(found), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
