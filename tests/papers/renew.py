"""Renews the reference pages: `.venv/bin/python -m tests.papers.renew`, from the project's folder.

Look at each page that it names before you commit it: title, number, body, signature, seal's place and page number as GB/T 9704 wants them.
"""

import tempfile
from pathlib import Path

from tests.papers import printer, references
from tests.papers.samples import samples


def main():
    """Print all samples and keep the pages that are not like their references."""
    with tempfile.TemporaryDirectory() as folder:
        changed = references.renew(printer.print_pages(samples(), Path(folder)), printer.version())
    print("\n".join(changed) or "All pages are like their references.")


if __name__ == "__main__":
    main()
