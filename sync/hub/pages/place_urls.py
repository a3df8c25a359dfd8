"""The addresses of organisations, sites, devices, their settings, and what was changed there."""

from django.urls import path

from sync.hub.pages import approving, devices, said_and_did, settings, sites

PATHS = [
    path("devices", devices.listing, name="devices"),
    path("devices/add", devices.add, name="add-device"),
    path("devices/approve", approving.approve, name="approve-device"),
    path("devices/<int:pk>", devices.change, name="device"),
    path("devices/<int:pk>/move", devices.move, name="move-device"),
    path("devices/<int:pk>/revoke", devices.revoke, name="revoke-device"),
    path("sites", sites.listing, name="sites"),
    path("sites/add", sites.add_site, name="add-site"),
    path("sites/<int:pk>", sites.site, name="site"),
    path("sites/<int:pk>/close", sites.close_site, name="close-site"),
    path("organisations/add", sites.add_organisation, name="add-organisation"),
    path("organisations/<int:pk>", sites.organisation, name="organisation"),
    path("organisations/<int:pk>/close", sites.close_organisation, name="close-organisation"),
    path("settings", settings.overview, name="settings"),
    path("settings/all", settings.at_level, name="settings-all"),
    path("settings/organisation/<int:pk>", settings.at_level, {"kind": "organisation"}, name="settings-organisation"),
    path("settings/site/<int:pk>", settings.at_level, {"kind": "site"}, name="settings-site"),
    path("settings/device/<int:pk>", settings.at_level, {"kind": "device"}, name="settings-device"),
    path("said-and-did", said_and_did.listing, name="said-and-did"),
    path("said-and-did/add", said_and_did.write, name="write-said-and-did"),
    path("said-and-did/<int:pk>", said_and_did.write, name="change-said-and-did"),
    path("said-and-did/<int:pk>/stop", said_and_did.stop, name="stop-said-and-did"),
]
