"""sbom.py REQUIREMENTS OUT: a CycloneDX bill of materials of what the bundle installs.

Names, versions and hashes as the lock file says, licences as the installed packages say. The same lock gives
the same file: its number is made of the content, its time is SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import os
import re
import sys
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

PINNED = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def licence_of(name: str) -> str:
    """As the package itself says, if it is installed here; "" else."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [
        c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or [] if c.startswith("License ::")
    ]
    plain = (told.get("License") or "").strip()
    return told.get("License-Expression") or "; ".join(classified) or (plain if len(plain) < 80 else "")


def components(text: str) -> list[Component]:
    found: list[Component] = []
    for line in text.splitlines():
        if pinned := PINNED.match(line.strip()):
            name, version = pinned[1].lower(), pinned[2]
            licence = licence_of(name)
            found.append(
                Component(
                    name=name, version=version, type=ComponentType.LIBRARY, bom_ref=f"{name}@{version}",
                    purl=PackageURL("pypi", None, name, version),
                    licenses=[DisjunctiveLicense(name=licence)] if licence else [],
                )
            )  # fmt: skip
        elif found and (hashed := HASH.search(line)) and not line.startswith("./"):
            found[-1].hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=hashed[1]))
    return found


def main(requirements: Path, out: Path) -> None:
    text = requirements.read_text()
    version = metadata_version()
    bom = Bom(components=components(text), serial_number=uuid.uuid5(uuid.NAMESPACE_OID, text))
    bom.metadata.timestamp = datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH", "1640995200")), UTC
    )
    bom.metadata.component = Component(
        name="wenpan", version=version, type=ComponentType.APPLICATION, bom_ref=f"wenpan@{version}",
        licenses=[DisjunctiveLicense(name="Apache-2.0")],
    )  # fmt: skip
    bom.register_dependency(bom.metadata.component, list(bom.components))
    out.write_text(JsonV1Dot6(bom).output_as_string(indent=1))


def metadata_version() -> str:
    from wenpan import __version__

    return __version__


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
