"""Searches that a signed-in user keeps, with what has come since the last visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from corpus.models import Article
from search.engine import SearchTimeout
from search.engine import search as run_search
from search.models import SavedSearch
from search.request import SearchRequest, Sort

MOST = 50  # of one user; each is counted when the list is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A saved search as the page shows it. `new` is None where counting took too long."""

    pk: int
    name: str
    query: str
    feed: str
    visited: datetime
    new: int | None
    exact: bool


@require_safe
@never_cache
@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """The user's searches, each with the number of its new articles or statements."""
    listed = [_listed(one) for one in SavedSearch.objects.filter(owner=_user_id(request))]
    return render(
        request, "search/saved.html", {"page_name": "saved", "listed": listed, "most": MOST}
    )


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search whose query string was sent as `search`."""
    asked = _read(request.POST.get("search", ""))
    owner = _user_id(request)
    if asked.empty:
        return redirect("search:saved")
    mine = SavedSearch.objects.filter(owner=owner)
    parameters = asked.query_string()
    if not mine.filter(parameters=parameters).exists():
        if mine.count() >= MOST:
            raise PermissionDenied(_("You have as many saved searches as can be kept."))
        SavedSearch.objects.create(
            owner_id=owner,
            name=(asked.query or _("Search without words"))[:200],
            parameters=parameters,
            seen=newest_article(),
        )
    return redirect("search:saved")


@require_safe
@never_cache
@login_required
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the search: to what is new in it where something is, and to all of it else."""
    one = get_object_or_404(SavedSearch, pk=pk, owner=_user_id(request))
    asked = _read(one.parameters)
    listed = _listed(one)
    one.seen = newest_article()
    one.visited = timezone.now()
    one.save(update_fields=["seen", "visited"])
    query = listed.query if listed.new else asked.query_string()
    return HttpResponseRedirect(f"{reverse('search:search')}?{query}")


@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a saved search another name, or delete it."""
    one = get_object_or_404(SavedSearch, pk=pk, owner=_user_id(request))
    if "delete" in request.POST:
        one.delete()
    elif name := " ".join(request.POST.get("name", "").replace("\x00", " ").split())[:200]:
        one.name = name
        one.save(update_fields=["name"])
    return redirect("search:saved")


def newest_article() -> int:
    """The highest id of an article; 0 in an empty corpus."""
    return Article.objects.aggregate(highest=Max("pk"))["highest"] or 0


def _listed(one: SavedSearch) -> Listed:
    asked = _read(one.parameters)
    new = asked.with_(added_after=one.seen, sort=Sort.NEWEST)
    count: int | None = None
    exact = True
    try:
        page = run_search(new.with_(page_size=1, outline=True, fold_similar=False))
        # Loosened, they would be new results of another search.
        count, exact = (0, True) if page.steps or page.relaxed else (page.count, page.exact)
    except SearchTimeout:
        pass
    return Listed(
        pk=one.pk,
        name=one.name,
        query=new.query_string(),
        feed=f"{reverse('search:feed')}?{asked.query_string()}",
        visited=one.visited,
        new=count,
        exact=exact,
    )


def _read(parameters: str) -> SearchRequest:
    asked = SearchRequest.from_parameters(QueryDict(parameters))
    return asked.with_(added_after=0)


def _user_id(request: HttpRequest) -> int:
    assert request.user.pk is not None  # login_required
    return int(request.user.pk)
