"""Every table of the store, one file per noun group."""

from surveys.tables.accounts import Account, SignIn
from surveys.tables.base import Base, Instant
from surveys.tables.interviews import Alter, Answer, Interview, Nomination, SavedStep
from surveys.tables.mail import Mail, MailText, OptOut, ReminderSchedule
from surveys.tables.matches import Identity, Match, MatchDecision, MatchQuestion, TypedName
from surveys.tables.page_times import PageTime
from surveys.tables.people import Person
from surveys.tables.places import Site, SiteEvent
from surveys.tables.studies import Agreement, InstrumentVersion, Mechanism, Role, Study, Topic
from surveys.tables.ties import AlterTie, SiteTie, Tie
from surveys.tables.waves import Invitation, OpenLink, Wave

__all__ = [
    "Account",
    "Agreement",
    "Alter",
    "AlterTie",
    "Answer",
    "Base",
    "Identity",
    "Instant",
    "InstrumentVersion",
    "Interview",
    "Invitation",
    "Mail",
    "MailText",
    "Match",
    "MatchDecision",
    "MatchQuestion",
    "Mechanism",
    "Nomination",
    "OpenLink",
    "OptOut",
    "PageTime",
    "Person",
    "ReminderSchedule",
    "Role",
    "SavedStep",
    "SignIn",
    "Site",
    "SiteEvent",
    "SiteTie",
    "Study",
    "Tie",
    "Topic",
    "TypedName",
    "Wave",
]
