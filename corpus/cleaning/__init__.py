"""From bytes to an article's own text: decoding, mark-up, and the page's residue. Pure.

decode(data).text       bytes → characters that can be stored
storable(text)          characters → characters that can be stored
clean(raw, title=…)     text → title, body, byline, and what was taken out
"""

from corpus.cleaning.clean import Cleaned, apply_removals, clean
from corpus.cleaning.decoding import Decoded, UndecodableError, decode, storable

__all__ = [
    "Cleaned",
    "Decoded",
    "UndecodableError",
    "apply_removals",
    "clean",
    "decode",
    "storable",
]
