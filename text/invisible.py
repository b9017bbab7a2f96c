"""Characters that readers do not see: they make no difference to what a text says."""

from typing import Final

import regex

# Joiners, marks of direction, fillers, variation selectors, tags.
SHOWS_NOTHING: Final = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]")
# Marks over, under and around a letter that no script has for its own.
ACCENT: Final = regex.compile(r"(?V1)[\p{Me}[\p{M}&&\p{Script=Inherited}]]")
# Letters of Hangul and a pattern of no dots, which fonts
# draw as an empty space: they may part words.
FILLER: Final = regex.compile(r"[\u115f\u1160\u2800\u3164\uffa0]")
