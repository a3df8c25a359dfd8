"""What the hub keeps, one file a subject. Everything is imported from here."""

from sync.hub.models.change import MonthReturn, OtherMethod, Rebase, ReportByMail, SaidAndDid, SmallNumbers, Target
from sync.hub.models.counts import EVERYWHERE, Sheet
from sync.hub.models.devices import AccessToken, Device, PairingCode, PairingRequest, SeenAssertion
from sync.hub.models.due import DueWork
from sync.hub.models.people import Invitation, Member, SetUpCode, StaffAction
from sync.hub.models.responses import Answer, Comment, Forgotten, Response, Theme
from sync.hub.models.sites import KioskSettings, Organisation, PopulationShare, Site
from sync.hub.models.surveys import Survey, SurveyVersion
from sync.hub.models.trials import Trial

__all__ = [
    "EVERYWHERE",
    "AccessToken",
    "Answer",
    "Comment",
    "Device",
    "DueWork",
    "Forgotten",
    "Invitation",
    "KioskSettings",
    "Member",
    "MonthReturn",
    "Organisation",
    "OtherMethod",
    "PairingCode",
    "PairingRequest",
    "PopulationShare",
    "Rebase",
    "ReportByMail",
    "Response",
    "SaidAndDid",
    "SeenAssertion",
    "SetUpCode",
    "Sheet",
    "Site",
    "SmallNumbers",
    "StaffAction",
    "Survey",
    "SurveyVersion",
    "Target",
    "Theme",
    "Trial",
]
