"""What can go wrong before the hub serves, each as one sentence for the person who started it.

HubError
 +-- DataUnusable       the data directory or a file in it cannot be used
 +-- DatabaseUnusable   the database address is wrong or its driver is missing
 +-- PortTaken          another program listens there
 +-- SurveyRefused      a survey that cannot be asked
 +-- AccountRefused     a staff account that cannot be made
 +-- SignInServiceUnusable  the file that names another sign-in service has a fault
 +-- BundleRefused      a file of answers that cannot be taken in
 +-- BackupUnusable     a backup that cannot be written or is not whole
 +-- RedactionRefused   words that cannot be changed or published like this
 +-- ThemeRefused       a theme that cannot be made, renamed or put together with another
 +-- ExportRefused      an export that cannot be made now
 +-- FillRefused        invented answers that cannot be made here
 +-- ReturnRefused      a monthly return that cannot change or cannot be sent yet
"""


class HubError(Exception):
    """The hub cannot do what was asked; the message says why and what helps."""


class DataUnusable(HubError):
    """The data directory cannot be made, read or written."""


class DatabaseUnusable(HubError):
    """The database address cannot be used."""


class PortTaken(HubError):
    """The address to listen on is not free."""


class SurveyRefused(HubError):
    """A survey with faults, or other content under a version that is already kept. `sentences` are the faults."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class AccountRefused(HubError):
    """A staff account that already exists, or a password that is too weak."""


class SignInServiceUnusable(HubError):
    """The file that names a sign-in service (OpenID Connect) cannot be read, or does not say enough."""


class BundleRefused(HubError):
    """A file of answers that is not whole, was changed, or comes from a device this hub does not trust."""


class RedactionRefused(HubError):
    """More than parts taken out, words that changed meanwhile, or words that may not be published."""


class ThemeRefused(HubError):
    """A theme without a name, with the name of another, or put together with itself."""


class ExportRefused(HubError):
    """Too many exports at the same time, a file that cannot be written, or an export that broke off."""


class ReturnRefused(HubError):
    """A monthly return that was sent, or whose month is not over."""


class BackupUnusable(HubError):
    """A backup that cannot be written here, is damaged, or fits another kind of hub."""


class FillRefused(HubError):
    """Invented answers that are here already, or that no survey of this hub asks for."""
