"""The accent colour: its contrast in light and dark, and the stylesheet made of it. Pure."""

import colorsys
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

COLOUR = re.compile(r"#[0-9a-f]{6}")
NEEDED = 4.5  # WCAG 2.2, 1.4.3
STEP = 0.004
# What the accent stands on as text (static/site/tokens.css), the page first.
LIGHT = ("#f8faf9", "#eef2f2", "#ffffff")
DARK = ("#0e1617", "#151f21", "#0a1011")
TINT = 0.1  # of the accent in the colour behind notices


@dataclass(frozen=True)
class Look:
    css: str

    @property
    def version(self) -> str:
        return hashlib.sha256(self.css.encode()).hexdigest()[:16]


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2: 1 for the same colour, 21 for black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst_contrast(accent: str, *, dark: bool) -> float:
    grounds = DARK if dark else LIGHT
    return min(contrast(accent, each) for each in (*grounds, _mixed(accent, grounds[0], TINT)))


def passes(accent: str, *, dark: bool) -> bool:
    return worst_contrast(accent, dark=dark) >= NEEDED


def nearest_passing(accent: str, *, dark: bool) -> str:
    """Return the nearest shade of a colour, darker in light and lighter in dark, that passes."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(accent)))
    shade = accent
    while not passes(shade, dark=dark):
        lightness = min(1.0, lightness + STEP) if dark else max(0.0, lightness - STEP)
        shade = _written([part * 255 for part in colorsys.hls_to_rgb(hue, lightness, saturation)])
    return shade


@lru_cache(maxsize=8)
def look_of(accent: str, accent_dark: str) -> Look | None:
    """Return the look of a site; None where it has no colour of its own."""
    if not accent:
        return None
    dark = accent_dark or nearest_passing(accent, dark=True)
    pairs = {
        "accent": (accent, dark),
        "accent-strong": (_mixed("#000000", accent, 0.3), _mixed("#ffffff", dark, 0.4)),
        "on-accent": ("#ffffff", DARK[0]),
        "tint": (_mixed(accent, LIGHT[0], TINT), _mixed(dark, DARK[0], TINT)),
    }
    light_only = ";".join(f"--{name}:{light}" for name, (light, _) in pairs.items())
    both = ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in pairs.items())
    supports = "@supports (color:light-dark(#000,#fff))"
    return Look(f":root{{{light_only}}}{supports}{{:root{{{both}}}}}\n")


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _written(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return _written([one * share + other * (1 - share) for one, other in pairs])


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
