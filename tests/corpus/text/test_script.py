"""Letters counted by script."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.text.script import script_profile
from tests.corpus.text.texts import TEXTS


def test_a_profile_counts_scripts() -> None:
    profile = script_profile("سوریا مُهمّة NATO é 2015")
    assert (profile.arabic, profile.persian, profile.harakat, profile.latin) == (9, 1, 2, 5)
    assert profile.persian_share == pytest.approx(1 / 9)
    assert profile.harakat_share == pytest.approx(2 / 9)
    assert profile.arabic_share == pytest.approx(9 / 14)


def test_tatweel_and_joined_shapes() -> None:
    profile = script_profile("مـحـمد ﻻ")
    assert (profile.arabic, profile.tatweel, profile.presentation) == (5, 2, 1)


def test_no_letters_have_no_shares() -> None:
    profile = script_profile(" 2015 ")
    assert profile.persian_share == profile.harakat_share == profile.arabic_share == 0


@given(TEXTS)
def test_shares_are_shares(text: str) -> None:
    profile = script_profile(text)
    assert 0 <= profile.persian_share <= 1
    assert 0 <= profile.arabic_share <= 1
    assert profile.presentation <= profile.arabic
