"""The web report: pages that open from disk, with a picture of every figure's place beside what was read.

`build_report` writes the folder. site.py gathers what the pages say, pictures.py draws, pages.py fills the templates.
"""

from __future__ import annotations

from sendparse.publish.report.build import Built as Built
from sendparse.publish.report.build import Settings as Settings
from sendparse.publish.report.build import build_report as build_report
