"""What property tests feed the analyser: Arabic with everything found in it, and any text."""

from __future__ import annotations

from hypothesis import strategies as st

ARABIC = st.text(
    alphabet=(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةٱکیپچگہھەۀ ـًٌٍَُِّْٰٕٔ"
        "\u200c\u200f\u202b\ufeff\u00ad\u00a0٠٣۵۷ ،.؟«»“”aZİßé\u0301\u0307ﻻﷲﷺﹶﳲ½™_-'\n"
    ),
    max_size=40,
)
# Lone surrogates too: they come out of broken files and must not stop an import.
ANYTHING = st.text(alphabet=st.characters(), max_size=60)
TEXTS = ARABIC | ANYTHING
