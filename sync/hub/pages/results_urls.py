"""The addresses of results: figures, charts, who is heard, and how it is all shown."""

from django.urls import path

from sync.hub.pages import downloads, equality, how_shown, population, results, trends

PATHS = [
    path("results", results.listing, name="all-results"),
    path("results/small-numbers", how_shown.small_numbers, name="how-shown-small"),
    path("results/<slug:slug>", results.results, name="results"),
    path("results/<slug:slug>.json", downloads.as_json, name="results-json"),
    path("results/<slug:slug>.csv", downloads.as_csv, name="results-csv"),
    path("results/<slug:slug>.xlsx", downloads.as_xlsx, name="results-xlsx"),
    path("results/<slug:slug>/exact.json", downloads.exact, name="results-exact"),
    path("results/<slug:slug>/trends", trends.trends, name="trends"),
    path("results/<slug:slug>/trends.<str:kind>", trends.download, name="trends-file"),
    path("results/<slug:slug>/equality", equality.equality, name="equality"),
    path("results/<slug:slug>/equality.<str:kind>", equality.download, name="equality-file"),
    path("results/<slug:slug>/population", population.population, name="population"),
    path("results/<slug:slug>/how", how_shown.how, name="how-shown"),
    path("results/<slug:slug>/how/target", how_shown.target, name="how-shown-target"),
    path("results/<slug:slug>/how/rebase", how_shown.rebase, name="how-shown-rebase"),
    path("results/<slug:slug>/how/rebase/<int:pk>/remove", how_shown.remove_rebase, name="how-shown-remove"),
]
