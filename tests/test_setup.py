"""The locks: whole, in agreement, enough for the report, and installable with an old pip on any later day."""

import ast
import ensurepip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
REPORT, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
LOCKS = pytest.mark.parametrize("lock", [REPORT, TEST], ids=["report", "test"])
PIN = re.compile(r"^([A-Za-z0-9._-]+)(\[[^\]]*\])?==([^ ;\\]+)(?: *; *([^\\\n]+?))? *\\?$", re.MULTILINE)
# Our own modules, by their first name: the folders that Python starts in, helpers beside tests, extensions of the book.
OWN = {"analysis", "studies", "benchmarks", "tests", "reconstruction"} | {
    path.stem for folder in ("tests", "book/_ext") for path in (ROOT / folder).rglob("*.py")
}
# What the simulation studies measure the reconstruction against; no page and no model imports it.
FOR_STUDIES = ROOT / "analysis" / "series" / "rivals.py"


@cache
def pins(lock: Path) -> list[Requirement]:
    """The lines of a lock without their hashes."""
    text = lock.read_text(encoding="utf-8")
    found = [Requirement(f"{n}{e}=={v}{f' ; {m}' if m else ''}") for n, e, v, m in PIN.findall(text)]
    assert len(found) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    return found


def applicable(lock: Path, **environment: str) -> dict[str, Requirement]:
    """Name -> the pin that holds here, or in another environment."""
    return {
        canonicalize_name(pin.name): pin
        for pin in pins(lock)
        if pin.marker is None or pin.marker.evaluate(environment)
    }


@cache
def installed() -> dict[str, Distribution]:
    return {canonicalize_name(one.name): one for one in distributions()}


def asked_by(pin: Requirement) -> list[Requirement]:
    """What an installed package, with its extras, asks for here."""
    return [
        asked
        for asked in map(Requirement, installed()[canonicalize_name(pin.name)].requires or [])
        if asked.marker is None or any(asked.marker.evaluate({"extra": e}) for e in pin.extras | {""})
    ]


def lacking(lock: Path) -> list[str]:
    """What locked packages ask for and the lock does not pin, or pins without the extras asked for."""
    locked = applicable(lock)
    return [
        f"{name} asks for {asked}"
        for name, pin in locked.items()
        for asked in asked_by(pin)
        if not (have := locked.get(canonicalize_name(asked.name))) or not extras(asked) <= extras(have)
    ]


def extras(asked: Requirement) -> set[str]:
    """Extras as they are compared: lxml's html_clean is pinned as html-clean."""
    return {canonicalize_name(extra) for extra in asked.extras}


@LOCKS
def test_what_a_locked_package_asks_for_is_pinned_with_its_extras(lock):
    assert not lacking(lock), "pip before 23.3 takes the newest release of what is pinned without its extras"


def test_a_lock_that_lost_an_extra_is_seen(tmp_path):
    bare = tmp_path / "lock.txt"
    bare.write_text(
        TEST.read_text(encoding="utf-8").replace("coverage[toml]==", "coverage=="), encoding="utf-8"
    )
    assert [line.split()[0] for line in lacking(bare)] == ["pytest-cov"]


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("version", ["3.11.0", "3.11.7", "3.12.1", "3.13.0"])
def test_both_locks_name_the_same_versions_and_extras(version, system):
    where = {"python_full_version": version, "python_version": version[:4], "sys_platform": system}
    report, test = applicable(REPORT, **where), applicable(TEST, **where)
    shared = report.keys() & test.keys()
    assert len(shared) > 40
    # A pip before 23.3 that is given both locks must not meet one package with and without its extra.
    assert {name: (str(report[name].specifier), report[name].extras) for name in shared} == {
        name: (str(test[name].specifier), test[name].extras) for name in shared
    }


@LOCKS
def test_a_lock_names_no_index_and_a_hash_for_every_file(lock):
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|^--?[a-z]", text, re.MULTILINE)
    assert all(
        "--hash=sha256:" in entry for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    )


def sources(*folders: str) -> Iterator[tuple[Path, str]]:
    """Yield every Python file of the folders, and the code of notebooks."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
            yield path, re.sub(r"^%.*$", "", "\n".join(code), flags=re.MULTILINE)


def imported(text: str) -> set[str]:
    """The roots of what a module imports, at its top or inside a function, other than Python's own and ours."""
    roots: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            roots.add(node.module.split(".")[0])
    return roots - set(sys.stdlib_module_names) - OWN


def unlocked(where: Iterator[tuple[Path, str]], names: set[str]) -> list[str]:
    providers = packages_distributions()
    return [
        f"{path.relative_to(ROOT)} imports {root}"
        for path, text in where
        for root in sorted(imported(text))
        if not names & {canonicalize_name(one) for one in providers.get(root, [])}
    ]


def test_the_report_imports_nothing_that_only_the_second_lock_holds():
    report = ((path, text) for path, text in sources("analysis", "book") if path != FOR_STUDIES)
    assert not unlocked((one for one in report if one[0].name != "conftest.py"), set(applicable(REPORT)))


def test_nothing_of_the_report_imports_what_is_for_the_studies():
    assert unlocked(iter([(FOR_STUDIES, FOR_STUDIES.read_text(encoding="utf-8"))]), set(applicable(REPORT)))
    users = [path for path, text in sources("analysis", "book") if "series.rivals" in text]
    assert not users


def test_tests_studies_and_benchmarks_import_only_what_is_locked():
    both = set(applicable(REPORT)) | set(applicable(TEST))
    assert not unlocked(sources("tests", "studies", "benchmarks", "book"), both)


# An index with a newer release of everything: wheels of nothing but their metadata, which is the real one.


def put_wheel(folder: Path, name: str, version: str, requires: list[str], extras: list[str]) -> str:
    """Write a wheel into the folder of its project and return its hash."""
    safe = re.sub(r"[-_.]+", "_", name)
    info = f"{safe}-{version}.dist-info"
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    lines += [f"Provides-Extra: {extra}" for extra in extras] + [f"Requires-Dist: {one}" for one in requires]
    home = folder / canonicalize_name(name)
    home.mkdir(exist_ok=True)
    path = home / f"{safe}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", "\n".join(lines) + "\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    with (home / "index.html").open("a", encoding="utf-8") as page:
        page.write(f'<a href="{path.name}">{path.name}</a>\n')
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made_up(lock: Path, folder: Path) -> Path:
    """Write the index, and a copy of the lock with the hashes of its wheels; return the copy."""
    lines: list[str] = []
    for pin in pins(lock):
        if pin.marker and not pin.marker.evaluate():
            continue
        name = canonicalize_name(pin.name)
        version = str(pin.specifier).removeprefix("==")
        extras = installed()[name].metadata.get_all("Provides-Extra") or []
        requires = installed()[name].requires or []
        digest = put_wheel(folder, name, version, requires, extras)
        put_wheel(folder, name, f"{version}.post1", requires, extras)
        lines.append(f"{pin} --hash=sha256:{digest}")
    copy = folder / "lock.txt"
    copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copy


def dry_run(pip: Path, lock: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let the pip of a wheel resolve the lock against the index alone; stricter than `make`, which adds --no-deps."""
    library = folder / "pip"
    with zipfile.ZipFile(pip) as wheel:
        wheel.extractall(library)
    # pip looks for this optional module thousands of times while it is missing
    (library / "_manylinux.py").touch()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "COV"))}
    return subprocess.run(
        [
            *[
                sys.executable,
                "-m",
                "pip",
                "install",
                "--isolated",
                "--disable-pip-version-check",
                "--no-cache-dir",
            ],
            *["--dry-run", "--ignore-installed", "--quiet", "--index-url", folder.as_uri()],
            *["--require-hashes", "-r", str(lock)],
        ],
        capture_output=True,
        text=True,
        env=environment | {"PIP_CONFIG_FILE": os.devnull, "PYTHONPATH": str(library)},
        check=False,
    )


def stock_pip() -> Path:
    """The wheel of the pip that a new venv gets from this Python."""
    places = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
    for place in places:
        for wheel in place.glob(f"pip-{ensurepip.version()}-*.whl"):
            return wheel
    pytest.skip(f"pip {ensurepip.version()}, which this Python bundles, was not found as a wheel")


def oldest_pip() -> Path:
    """The oldest pip that a Python of this series came with, from the folder named by OLD_PIPS."""
    version = {(3, 11): "22.3.1", (3, 12): "23.2.1"}.get(sys.version_info[:2])
    if version is None:
        pytest.skip("the pip of every Python from 3.13 on is newer than 23.3, which mended the extras")
    wheels = list(Path(os.environ.get("OLD_PIPS", os.devnull)).glob(f"pip-{version}-*.whl"))
    if not wheels:
        assert "CI" not in os.environ, "CI downloads the old pips and names their folder in OLD_PIPS"
        pytest.skip(f"OLD_PIPS names no folder with pip {version}: pip download --no-deps pip=={version}")
    return wheels[0]


@LOCKS
@pytest.mark.parametrize("pip", [stock_pip, oldest_pip], ids=["stock", "oldest"])
def test_the_lock_installs_when_a_newer_release_of_everything_exists(pip, lock, tmp_path):
    done = dry_run(pip(), made_up(lock, tmp_path), tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_package_asks_for_what_it_imports_and_the_lock_satisfies_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(one.name): one for one in map(Requirement, project["dependencies"])}
    for_studies = {
        canonicalize_name(Requirement(one).name) for one in project["optional-dependencies"]["studies"]
    }
    package = list(sources("analysis"))
    assert not unlocked((one for one in package if one[0] != FOR_STUDIES), set(asked))
    assert not unlocked((one for one in package if one[0] == FOR_STUDIES), set(asked) | for_studies)
    locked = applicable(REPORT)
    for name, one in asked.items():
        assert any(part.operator == ">=" for part in one.specifier), one
        (pin,) = locked[name].specifier
        assert one.specifier.contains(pin.version), f"{one}, but the lock has {pin.version}"


def test_an_installed_package_brings_its_data_and_its_command(tmp_path):
    source = tmp_path / "src"
    for name in ("analysis", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE", "LICENSE-data", "pyproject.toml"):
        shutil.copyfile(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input"]
    home = tmp_path / "venv"
    for command in (
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, source],
        [sys.executable, "-m", "venv", "--without-pip", home],
    ):
        subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    python = home / "bin" / "python"
    subprocess.run(
        [*pip, "--python", python, "install", "--no-deps", "--no-index", "--no-compile", wheel],
        check=True,
        capture_output=True,
    )
    # The libraries are those of this run; the package and its data are the installed ones.
    (own,) = home.glob("lib/*/site-packages")
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [home / "bin" / "counting-counterfeits", "validate"],
        cwd=tmp_path, env=clean, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == f"{home}/share/counting-counterfeits/data: every row obeys every rule.\n", (
        done.stderr
    )
    code = "import analysis; from analysis.series import store; print(analysis.__file__, store.FOLDER)"
    told = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=clean, capture_output=True, text=True, check=True
    )
    place, kept = told.stdout.split()
    assert Path(place).is_relative_to(own)
    assert not Path(kept).is_relative_to(own)
