"""Who may open what: every address of the hub, with the status that each role gets. A new address needs a row here.

A row's key is the address as it stands in the list of addresses. `here` is an example that exists at the site of "viewer-here"
and "manager"; `there` one at another site, where those two get 404 wherever another role's person gets in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

NOBODY, MEMBERLESS, VIEWER_HERE, VIEWER, MANAGER, ANALYST, ADMIN = ROLES = (
    "nobody",  # not signed in
    "memberless",  # an account without a role
    "viewer-here",  # of one site
    "viewer",  # of every site
    "manager",  # of one site
    "analyst",
    "administrator",
)
OF_ONE_SITE: Final = (VIEWER_HERE, MANAGER)
READERS: Final = (VIEWER_HERE, VIEWER, MANAGER, ANALYST, ADMIN)
ANSWERERS: Final = (MANAGER, ANALYST, ADMIN)
EXPORTERS: Final = (ANALYST, ADMIN)
Statuses = dict[str, int]


def everybody(status: int) -> Statuses:
    """The same for all, signed in or not."""
    return dict.fromkeys(ROLES, status)


def may(status: int, *roles: str, nobody: int = 302) -> Statuses:
    """`status` for these roles, 403 for the other accounts; who is not signed in goes to the sign-in page."""
    return {role: nobody if role == NOBODY else status if role in roles else 403 for role in ROLES}


def signed_in(status: int) -> Statuses:
    """`status` for everybody with an account."""
    return may(status, *ROLES)


NO_SUCH_METHOD: Final = everybody(405)


@dataclass(frozen=True)
class Row:
    """What an address answers to a GET, and to a POST with nothing in it. ``{device}`` and the like are filled in."""

    here: str
    get: Statuses
    post: Statuses
    there: str = ""

    def at(self, there: bool) -> tuple[Statuses, Statuses]:
        """The statuses of GET and POST, here or there."""
        if not there:
            return self.get, self.post
        return _closed(self.get), _closed(self.post)


def _closed(statuses: Statuses) -> Statuses:
    """The same at another site: who sees one site only is told that there is no such page."""
    return {role: 404 if role in OF_ONE_SITE and status not in {403, 405} else status for role, status in statuses.items()}


def sign_in_first(status: int) -> Statuses:
    """`status` for who is not signed in; the others are sent on."""
    return {role: status if role == NOBODY else 302 for role in ROLES}


def hidden(status: int, *roles: str) -> Statuses:
    """`status` for these roles; the others are told that there is no such page."""
    return {role: 302 if role == NOBODY else status if role in roles else 404 for role in ROLES}


def at_a_site(status: int) -> Statuses:
    """`status` for everybody who sees the site; an account without a role sees none."""
    return {role: 302 if role == NOBODY else 404 if role == MEMBERLESS else status for role in ROLES}


def file(path: str) -> Row:
    """A download of figures: a program that fetches it is told 401, not led to a page."""
    return Row(path, may(200, *READERS, nobody=401), NO_SUCH_METHOD, f"{path}?site={{site_there}}")


DOORS: Final[dict[str, tuple[int, int]]] = {
    "fhir": (405, 401),
    "fhir/": (405, 401),
    "fhir/metadata": (200, 405),
    "fhir/QuestionnaireResponse": (405, 401),
    "fhir/QuestionnaireResponse/<uuid:uuid>": (401, 405),
    "fhir/Questionnaire": (401, 405),
    "fhir/Questionnaire/<int:pk>": (401, 405),
    r"^fhir/[\s\S]*\Z": (404, 404),
    "auth/pair": (405, 400),
    "auth/pair/ask": (405, 400),
    "auth/pair/outcome": (405, 400),
    "auth/token": (405, 400),
    "device/report": (405, 401),
    "device/settings": (401, 405),
    "openapi.json": (200, 405),
    "healthz": (200, 405),
    "readyz": (200, 405),
    "metrics": (200, 405),
}
"""Where machines knock: the statuses of GET and POST, whoever is signed in in the same browser."""

PAGES: Final[dict[str, Row]] = {
    "": Row("/", signed_in(200), NO_SUCH_METHOD),
    # --- signing in, and one's own account
    "sign-in": Row("/sign-in", sign_in_first(200), sign_in_first(200)),
    "sign-in/second-step": Row("/sign-in/second-step", everybody(302), everybody(302)),
    "oidc/<str:provider_id>": Row("/oidc/service", everybody(404), NO_SUCH_METHOD),
    "oidc/<str:provider_id>/callback": Row("/oidc/service/callback", everybody(404), NO_SUCH_METHOD),
    "set-up/<str:code>": Row("/set-up/x", everybody(404), everybody(404)),
    "invitation/<str:token>": Row("/invitation/{invitation_token}", everybody(200), everybody(200)),
    "new-password/<str:who>/<str:token>": Row("/new-password/{password_link}", everybody(200), everybody(200)),
    "your-account": Row("/your-account", signed_in(200), signed_in(200)),
    "your-account/sessions/end": Row("/your-account/sessions/end", NO_SUCH_METHOD, signed_in(302)),
    "your-account/second-step": Row("/your-account/second-step", signed_in(200), signed_in(200)),
    "your-account/second-step/remove": Row("/your-account/second-step/remove", signed_in(200), signed_in(200)),
    "your-account/recovery-codes": Row("/your-account/recovery-codes", signed_in(200), signed_in(200)),
    "your-account/passkeys/add": Row("/your-account/passkeys/add", signed_in(200), signed_in(200)),
    "your-account/passkeys/<int:pk>/remove": Row("/your-account/passkeys/{passkey}/remove", signed_in(404), signed_in(404)),
    # --- people
    "people": Row("/people", may(200, ADMIN), NO_SUCH_METHOD),
    "people/invite": Row("/people/invite", may(200, ADMIN), may(200, ADMIN)),
    "people/<int:pk>": Row("/people/{person}", may(200, ADMIN), may(200, ADMIN)),
    "people/<int:pk>/new-password": Row("/people/{person}/new-password", NO_SUCH_METHOD, may(200, ADMIN)),
    "people/<int:pk>/sign-out": Row("/people/{person}/sign-out", NO_SUCH_METHOD, may(302, ADMIN)),
    "people/<int:pk>/reset-second-step": Row("/people/{person}/reset-second-step", NO_SUCH_METHOD, may(302, ADMIN)),
    "people/<int:pk>/close": Row("/people/{person}/close", NO_SUCH_METHOD, may(302, ADMIN)),
    "people/invitations/<int:pk>/withdraw": Row("/people/invitations/{invitation}/withdraw", NO_SUCH_METHOD, may(302, ADMIN)),
    "staff-actions": Row("/staff-actions", may(200, ADMIN), NO_SUCH_METHOD),
    "staff-actions.csv": Row("/staff-actions.csv", may(200, ADMIN), NO_SUCH_METHOD),
    # --- sites, devices, settings, texts
    "devices": Row("/devices", signed_in(200), NO_SUCH_METHOD),
    "devices/add": Row("/devices/add", may(200, ADMIN), may(200, ADMIN)),
    "devices/approve": Row("/devices/approve", may(200, ADMIN), may(200, ADMIN)),
    "devices/<int:pk>": Row("/devices/{device}", at_a_site(200), at_a_site(200), "/devices/{device_there}"),
    "devices/<int:pk>/move": Row("/devices/{device}/move", NO_SUCH_METHOD, may(302, ADMIN), "/devices/{device_there}/move"),
    "devices/<int:pk>/revoke": Row(
        "/devices/{device}/revoke", NO_SUCH_METHOD, may(302, ADMIN), "/devices/{device_there}/revoke"
    ),
    "sites": Row("/sites", signed_in(200), NO_SUCH_METHOD),
    "sites/add": Row("/sites/add", may(200, ADMIN), may(200, ADMIN)),
    "sites/<int:pk>": Row("/sites/{site}", at_a_site(200), at_a_site(200), "/sites/{site_there}"),
    "organisations/add": Row("/organisations/add", may(200, ADMIN), may(200, ADMIN)),
    "organisations/<int:pk>": Row("/organisations/{organisation}", may(200, ADMIN), may(200, ADMIN)),
    "settings": Row("/settings", may(200, ADMIN), NO_SUCH_METHOD),
    "settings/all": Row("/settings/all", hidden(200, ADMIN), hidden(302, ADMIN)),
    "settings/organisation/<int:pk>": Row("/settings/organisation/{organisation}", hidden(200, ADMIN), hidden(302, ADMIN)),
    "settings/site/<int:pk>": Row("/settings/site/{site}", at_a_site(200), hidden(302, ADMIN), "/settings/site/{site_there}"),
    "settings/device/<int:pk>": Row(
        "/settings/device/{device}", at_a_site(200), hidden(302, ADMIN), "/settings/device/{device_there}"
    ),
    "said-and-did": Row("/said-and-did", may(200, *ANSWERERS), NO_SUCH_METHOD),
    "said-and-did/add": Row("/said-and-did/add", may(200, *ANSWERERS), may(200, *ANSWERERS)),
    "said-and-did/<int:pk>": Row(
        "/said-and-did/{said}", may(200, *ANSWERERS), may(200, *ANSWERERS), "/said-and-did/{said_there}"
    ),
    "said-and-did/<int:pk>/stop": Row(
        "/said-and-did/{said}/stop", NO_SUCH_METHOD, may(302, *ANSWERERS), "/said-and-did/{said_there}/stop"
    ),
    "organisations/<int:pk>/close": Row("/organisations/{organisation}/close", NO_SUCH_METHOD, may(302, ADMIN)),
    # --- surveys
    "surveys": Row("/surveys", signed_in(200), NO_SUCH_METHOD),
    "surveys/add": Row("/surveys/add", may(200, ADMIN), may(200, ADMIN)),
    "surveys/<slug:slug>/keep": Row("/surveys/visit/keep", may(200, ADMIN), may(200, ADMIN)),
    "surveys/<int:pk>/activate": Row("/surveys/{version}/activate", NO_SUCH_METHOD, may(302, ADMIN)),
    "surveys/<int:pk>/retire": Row("/surveys/{version}/retire", NO_SUCH_METHOD, may(302, ADMIN)),
    "surveys/<int:pk>.json": Row("/surveys/{version}.json", signed_in(200), NO_SUCH_METHOD),
    # --- what people said, counted
    "results": Row("/results", may(200, *READERS), NO_SUCH_METHOD),
    "results/<slug:slug>": Row("/results/visit", may(200, *READERS), NO_SUCH_METHOD, "/results/visit?site={site_there}"),
    "results/<slug:slug>.json": file("/results/visit.json"),
    "results/<slug:slug>/exact.json": Row(
        "/results/visit/exact.json",
        may(200, *EXPORTERS, nobody=401),
        NO_SUCH_METHOD,
        "/results/visit/exact.json?site={site_there}",
    ),
    "results/<slug:slug>.csv": file("/results/visit.csv"),
    "results/<slug:slug>.xlsx": file("/results/visit.xlsx"),
    "results/<slug:slug>/trends": Row(
        "/results/visit/trends", may(200, *READERS), NO_SUCH_METHOD, "/results/visit/trends?site={site_there}"
    ),
    "results/<slug:slug>/trends.<str:kind>": file("/results/visit/trends.csv"),
    "results/<slug:slug>/equality": Row(
        "/results/visit/equality", may(200, *READERS), NO_SUCH_METHOD, "/results/visit/equality?site={site_there}"
    ),
    "results/<slug:slug>/equality.<str:kind>": file("/results/visit/equality.csv"),
    "results/<slug:slug>/population": Row(
        "/results/visit/population?site={site}",
        may(200, MANAGER, ADMIN),
        may(302, MANAGER, ADMIN),
        "/results/visit/population?site={site_there}",
    ),
    "results/<slug:slug>/how": Row("/results/visit/how", may(200, ADMIN), NO_SUCH_METHOD),
    "results/<slug:slug>/how/target": Row("/results/visit/how/target", NO_SUCH_METHOD, may(302, ADMIN)),
    "results/<slug:slug>/how/rebase": Row("/results/visit/how/rebase", NO_SUCH_METHOD, may(302, ADMIN)),
    "results/<slug:slug>/how/rebase/<int:pk>/remove": Row(
        "/results/visit/how/rebase/{rebase}/remove", NO_SUCH_METHOD, may(302, ADMIN)
    ),
    "results/small-numbers": Row("/results/small-numbers", NO_SUCH_METHOD, may(404, ADMIN)),
    # --- what people said, in their own words
    "comments/<slug:slug>": Row("/comments/visit", may(200, *ANSWERERS), NO_SUCH_METHOD, "/comments/visit?site={site_there}"),
    "comments/<slug:slug>/themes": Row("/comments/visit/themes", may(200, *ANSWERERS), NO_SUCH_METHOD),
    "comments/<slug:slug>/themes/rename": Row("/comments/visit/themes/rename", NO_SUCH_METHOD, may(404, *ANSWERERS)),
    "comments/<slug:slug>/themes/merge": Row("/comments/visit/themes/merge", NO_SUCH_METHOD, may(404, *ANSWERERS)),
    "comments/<slug:slug>/quotes": Row(
        "/comments/visit/quotes", may(200, *READERS), NO_SUCH_METHOD, "/comments/visit/quotes?site={site_there}"
    ),
    "comments/<slug:slug>/quotes.csv": Row(
        "/comments/visit/quotes.csv", may(200, *READERS), NO_SUCH_METHOD, "/comments/visit/quotes.csv?site={site_there}"
    ),
    "comments/<slug:slug>/quotes.txt": Row(
        "/comments/visit/quotes.txt", may(200, *READERS), NO_SUCH_METHOD, "/comments/visit/quotes.txt?site={site_there}"
    ),
    "comment/<int:pk>": Row("/comment/{comment}", may(200, *ANSWERERS), NO_SUCH_METHOD, "/comment/{comment_there}"),
    **{
        f"comment/<int:pk>/{act}": Row(
            f"/comment/{{comment}}/{act}", NO_SUCH_METHOD, may(302, *ANSWERERS), f"/comment/{{comment_there}}/{act}"
        )
        for act in ("redact", "looked-at", "publish", "unpublish", "tag")
    },
    "comment/<int:pk>/untag": Row(
        "/comment/{comment}/untag", NO_SUCH_METHOD, may(404, *ANSWERERS), "/comment/{comment_there}/untag"
    ),
    "comment/<int:pk>/undo": Row(
        "/comment/{comment}/undo", NO_SUCH_METHOD, may(302, *EXPORTERS), "/comment/{comment_there}/undo"
    ),
    "comment/<int:pk>/original": Row(
        "/comment/{comment}/original", NO_SUCH_METHOD, may(200, *EXPORTERS), "/comment/{comment_there}/original"
    ),
    "exports/<slug:slug>": Row("/exports/visit", may(200, *EXPORTERS), NO_SUCH_METHOD),
    "exports/<slug:slug>/file": Row("/exports/visit/file", NO_SUCH_METHOD, may(302, *EXPORTERS)),
    # --- returns
    "returns": Row("/returns", may(200, *ANSWERERS), NO_SUCH_METHOD),
    "returns/<str:month>": Row("/returns/{month}", may(200, *ANSWERERS), NO_SUCH_METHOD),
    "returns/<str:month>.csv": Row("/returns/{month}.csv", may(200, *ANSWERERS), NO_SUCH_METHOD),
    "returns/<str:month>/enter": Row("/returns/{month}/enter", NO_SUCH_METHOD, may(404, ANALYST, ADMIN) | {MANAGER: 400}),
    "returns/<str:month>/sent": Row("/returns/{month}/sent", NO_SUCH_METHOD, may(302, *ANSWERERS)),
    # --- reports
    "reports": Row("/reports", may(200, *READERS), may(400, *ANSWERERS) | {VIEWER_HERE: 302, VIEWER: 302}),
    "reports/<slug:slug>": Row(
        "/reports/visit?month={month}", may(200, *READERS), NO_SUCH_METHOD, "/reports/visit?site={site_there}"
    ),
    "reports/<slug:slug>.pdf": Row(
        "/reports/visit.pdf?month={month}", may(200, *READERS), NO_SUCH_METHOD, "/reports/visit.pdf?site={site_there}"
    ),
    "reports/<int:pk>/stop": Row("/reports/{order}/stop", NO_SUCH_METHOD, may(302, *ANSWERERS), "/reports/{order_there}/stop"),
    # --- one response
    "response": Row("/response", may(200, ADMIN), may(200, ADMIN)),
    "response/take": Row("/response/take", NO_SUCH_METHOD, may(404, ADMIN)),
    "response/delete": Row("/response/delete", NO_SUCH_METHOD, may(404, ADMIN)),
    # --- close to the last: the site is gone after it
    "sites/<int:pk>/close": Row("/sites/{site}/close", NO_SUCH_METHOD, may(302, ADMIN), "/sites/{site_there}/close"),
    # --- the last: nobody is signed in after it
    "sign-out": Row("/sign-out", NO_SUCH_METHOD, everybody(302)),
}

NO_PAGE: Final = (".csv", ".json", ".xlsx", ".svg", ".png", ".pdf", ".txt", ".ndjson")
"""How the addresses of files end."""


def shown_to(role: str, ids: dict[str, Any]) -> list[str]:
    """The address of every page that this role reads."""
    rows = [row for route, row in PAGES.items() if row.get[role] == 200 and not route.endswith(NO_PAGE) and "oidc" not in route]
    return [row.here.format(**ids) for row in rows if not row.here.partition("?")[0].endswith(NO_PAGE)]
