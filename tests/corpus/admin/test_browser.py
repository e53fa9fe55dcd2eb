"""The curator's form in a real browser, under the site's own security policy.

Without axe: on this page it tries inline styles of its own, which the policy reports.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from corpus.models import Article, Source, Speaker, Statement

PASSWORD = "كلمة سر طويلة بما يكفي"


def test_a_curator_corrects_a_statement(page: Page, django_user_model: Any) -> None:
    django_user_model.objects.create_superuser("curator", "", PASSWORD)
    article = Article.objects.create(
        source=Source.objects.create(name="صحيفة"),
        external_id="1",
        body='قال حسن روحاني: "لن نتراجع أبدا".',
        content_hash=b"1",
        record_hash=b"1",
    )
    start = article.body.index("لن")
    statement = Statement.objects.create(
        article=article,
        key="k",
        kind="direct",
        start=start,
        end=start + 9,
        text=article.body[start : start + 9],
        speaker=Speaker.objects.create(name="حسن روحاني", key="حسن روحاني", type="person"),
    )
    page.goto("/admin/")
    page.fill("#id_username", "curator")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    page.goto(f"/admin/corpus/statement/{statement.pk}/change/")
    expect(page.locator(".aqwal-text mark")).to_have_text(statement.text)
    expect(page.locator(".select2-selection__rendered").first).to_contain_text("حسن روحاني")
    page.fill("#id_text", "لن نتراجع أبدا")
    page.click("[name=_continue]")
    expect(page.locator(".aqwal-text mark")).to_have_text("لن نتراجع أبدا")
    page.click("[name=_reject]")
    expect(page.locator(".messagelist .success").first).to_be_visible()
    statement.refresh_from_db()
    assert (statement.text, statement.curation) == ("لن نتراجع أبدا", "rejected")
    page.goto("/admin/corpus/statement/")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
