"""The Times-like fonts of the generated documents, looked for where Debian installs them (package fonts-liberation2)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

FAMILY = "Liberation Serif"  # same widths as Times New Roman, with all Vietnamese letters; "fonts-liberation" (version 1) lacks most of them
FACES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}
_DEBIAN = Path("/usr/share/fonts/truetype/liberation2")


def font_file(face: str) -> Path:
    """The TrueType file of one face ("Regular", "Bold", "Italic", "BoldItalic"); FileNotFoundError names the package to install."""
    debian = _DEBIAN / f"LiberationSerif-{face}.ttf"
    if debian.exists():
        return debian
    matcher = shutil.which("fc-match")
    if matcher:
        query = f"{FAMILY}:style={FACES[face]}"
        found = Path(
            subprocess.run([matcher, "-f", "%{file}", query], capture_output=True, text=True, check=True).stdout
        )
        if found.name == debian.name:
            return found
    raise FileNotFoundError(f"{debian.name} not found: install the Debian package fonts-liberation2")
