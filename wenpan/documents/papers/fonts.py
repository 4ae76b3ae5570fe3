"""The Chinese fonts that come with the program: Noto Sans SC and Noto Serif SC, SIL Open Font License 1.1.

They are files of the package pylopdf-fonts-zh-cn; nothing is fetched at run time.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("pylopdf_fonts_zh_cn")))
SANS = str(FOLDER / "NotoSansSC-Regular.otf")
SERIF = str(FOLDER / "NotoSerifSC-Regular.otf")
