"""What a file's folders say: the source, and the section where a folder is named for one."""

from __future__ import annotations

from corpus.cleaning.rules import fold_line
from corpus.importers.base import Leaf, ReadOptions

# Folder names that are sections whatever stands above them (SANAD, ANT and their like).
_SECTIONS = """
culture economy finance international local politics religion sport sports tech technology
medical health middleeast middle_east world world_news art arts entertainment business
society science opinion women tourism diversity news ثقافة اقتصاد سياسة رياضة تكنولوجيا
تقنية علوم صحة طب دين فن فنون منوعات محليات محلي دولي عالم العالم الثقافة الاقتصاد السياسة
الرياضة التكنولوجيا الصحة الدين مجتمع المجتمع آراء رأي مقالات أخبار اقتصادية سياسية رياضية
ثقافية
"""
SECTIONS = frozenset(fold_line(name) for name in _SECTIONS.split())


def place_of(leaf: Leaf, options: ReadOptions) -> tuple[str, str]:
    """(source, section) by the folders a file stands in; section "" where none is one.

    With the format "sanad" the containing folder is the section whatever its name.
    """
    folders = (leaf.root, *leaf.parts[:-1])
    if len(folders) > 1 and (options.format == "sanad" or fold_line(folders[-1]) in SECTIONS):
        return folders[-2], folders[-1]
    return folders[-1], ""
