"""Everything that both sites have on the disk holds what `sitecheck` asks; no browser is needed for that."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which

import pytest

import sitecheck
from browser import chromium, extremes
from browser.chromium import Missing, launched, open_page
from browser.served import serving


@pytest.mark.parametrize("name", ["demo", "extremes"])
def test_nothing_is_wrong_with_the_files_of(name: str, site_folders: dict[str, Path]) -> None:
    faults = sitecheck.check(site_folders[name], extremes.SITE_URL)
    # A hundred and twenty whole cards are no page of the usual size.
    faults = [fault for fault in faults if not (fault.check == "sizes" and fault.file.startswith(extremes.CROWDED))]
    assert not faults, sitecheck.report(faults)


def test_the_home_page_opens_in_chromium(site_folders: dict[str, Path]) -> None:
    """In the plain test run, the one that says whether this machine could do more: `make test-browser`."""

    def shown() -> bool:
        with launched() as browser, serving("demo", site_folders["demo"]) as site:
            return bool(open_page(browser.new_context(), site, "index.html").locator("h1").is_visible())

    try:
        with ThreadPoolExecutor(1) as pool:  # where a browser is open already, this thread has an event loop
            assert pool.submit(shown).result()
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.mark.browser
@pytest.mark.parametrize("name", ["demo", "extremes"])
def test_the_nu_checker_finds_no_error(name: str, site_folders: dict[str, Path]) -> None:
    jar = chromium.CACHE / "npm/node_modules/vnu-jar/build/dist/vnu.jar"
    if not which("java") or not jar.exists():
        pytest.skip("the Nu checker wants Java, and npm to install it")
    command = [
        "java",
        "-Xss4m",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        str(jar),
        "--errors-only",
        "--skip-non-html",
        "--stdout",
        "--exit-zero-always",
    ]
    done = subprocess.run([*command, str(site_folders[name])], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = [line.replace(f'"file:{site_folders[name]}/', '"') for line in done.stdout.splitlines() if line]
    assert not found, "\n".join(["", *found[:60]])
