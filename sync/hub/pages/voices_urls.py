"""Addresses of people's own words, and of whole responses as files."""

from django.urls import path

from sync.hub.pages import comments, exports, one_comment, quotes, themes

PATHS = [
    path("comments/<slug:slug>", comments.comments, name="comments"),
    path("comments/<slug:slug>/themes", themes.listing, name="themes"),
    path("comments/<slug:slug>/themes/rename", themes.rename, name="rename-theme"),
    path("comments/<slug:slug>/themes/merge", themes.merge, name="merge-themes"),
    path("comments/<slug:slug>/quotes", quotes.page, name="quotes"),
    path("comments/<slug:slug>/quotes.csv", quotes.as_csv, name="quotes-csv"),
    path("comments/<slug:slug>/quotes.txt", quotes.as_text, name="quotes-text"),
    path("comment/<int:pk>", one_comment.one, name="comment"),
    path("comment/<int:pk>/original", one_comment.original, name="original-comment"),
    path("comment/<int:pk>/redact", one_comment.redact, name="redact-comment"),
    path("comment/<int:pk>/undo", one_comment.undo, name="undo-comment"),
    path("comment/<int:pk>/looked-at", one_comment.looked_at, name="comment-looked-at"),
    path("comment/<int:pk>/publish", one_comment.publish, name="publish-comment"),
    path("comment/<int:pk>/unpublish", one_comment.unpublish, name="unpublish-comment"),
    path("comment/<int:pk>/tag", one_comment.tag, name="tag-comment"),
    path("comment/<int:pk>/untag", one_comment.untag, name="untag-comment"),
    path("exports/<slug:slug>", exports.page, name="exports"),
    path("exports/<slug:slug>/file", exports.file, name="export-file"),
]
