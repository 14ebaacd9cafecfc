"""What stands before an item of a list, as PDFs draw it."""

from __future__ import annotations

import re

DASHES = "–—-*"
"""Bullets that are also written where a cell of a table has nothing to say."""
BULLETS = f"•●◦○▪■□▫‣∙·►▶➢➤❖◆◇✓✔☐{DASHES}"
NUMERAL = r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]"
MARK = re.compile(rf"(?:[{re.escape(BULLETS)}\u2700-\u27bf]|o|{NUMERAL})")
"""All that stands before the text of an item."""
LEADERS = re.compile(r"(?:[.·…_]\s?){5,}$")
"""Dots that lead to what stands at the other side, as to the pages in a table of contents."""
