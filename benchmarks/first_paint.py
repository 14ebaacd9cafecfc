"""Time until a phone on a slow connection shows something, and until it can be asked: `wellread serve` must be running.

python benchmarks/first_paint.py http://127.0.0.1:8501/
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser import CHROMIUM, FLAGS, PHONE

KILOBITS, LATENCY = 700, 150
"""A slow phone's connection: kilobits a second, and milliseconds there and back."""


def visit(browser: Browser, address: str) -> tuple[float, float, float]:
    """Seconds to the first words, seconds to the box, and megabytes received, in a new browser without a cache."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": KILOBITS * 1000 / 8,
            "uploadThroughput": KILOBITS * 1000 / 8,
        },
    )
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    started = time.monotonic()
    page.goto(address, wait_until="commit", timeout=180_000)
    page.wait_for_selector("h1", timeout=180_000)
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()")
    page.get_by_role("search").wait_for(timeout=180_000)
    ready = time.monotonic() - started
    page.wait_for_timeout(1000)
    context.close()
    return first / 1000, ready, sum(received) / 1e6


def main() -> None:
    """Print the median of three visits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    address = parser.parse_args().address
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [visit(browser, address) for _ in range(3)]
        browser.close()
    first, ready, megabytes = (statistics.median(values) for values in zip(*visits, strict=True))
    print(f"first words after {first:.1f} s, the box after {ready:.1f} s, {megabytes:.2f} MB received")


if __name__ == "__main__":
    main()
