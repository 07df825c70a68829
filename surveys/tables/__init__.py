"""Every table of the store, one file per noun group."""

from surveys.tables.accounts import Account, SignIn
from surveys.tables.base import Base, Instant
from surveys.tables.interviews import Alter, Answer, Interview, Nomination, SavedStep
from surveys.tables.matches import Identity, Match, MatchDecision, MatchQuestion, TypedName
from surveys.tables.page_times import PageTime
from surveys.tables.people import Person
from surveys.tables.places import Site
from surveys.tables.studies import InstrumentVersion, Mechanism, Role, Study, Topic
from surveys.tables.ties import AlterTie, SiteTie, Tie
from surveys.tables.waves import Invitation, Wave

__all__ = [
    "Account",
    "Alter",
    "AlterTie",
    "Answer",
    "Base",
    "Identity",
    "Instant",
    "InstrumentVersion",
    "Interview",
    "Invitation",
    "Match",
    "MatchDecision",
    "MatchQuestion",
    "Mechanism",
    "Nomination",
    "PageTime",
    "Person",
    "Role",
    "SavedStep",
    "SignIn",
    "Site",
    "SiteTie",
    "Study",
    "Tie",
    "Topic",
    "TypedName",
    "Wave",
]
