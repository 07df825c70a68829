"""What a dashboard may read: build a release from frames, then ask it questions, each answered by a small frame."""

from networks.release.build import build
from networks.release.change import change
from networks.release.checks import at_the_limit, coverage, gates, newcomers
from networks.release.field import USUAL_TARGET, Field, devices, missing, named_nobody, page_times, target
from networks.release.flows import SITE_GROUPS, UnknownGrouping, flow_matrix, net_giving, site_flows
from networks.release.forecast import Outlook, outlook
from networks.release.growth import growth
from networks.release.response import response_by, response_over_time
from networks.release.seeds import endings, seeded
from networks.release.turnover import SILENT, decomposition, transitions
from networks.release.types import ANALYST, ANY, ANY_WAVE, Filters, Release, UnprotectedAudience
from networks.release.whole import whole

__all__ = [
    "ANALYST",
    "ANY",
    "ANY_WAVE",
    "SILENT",
    "SITE_GROUPS",
    "USUAL_TARGET",
    "Field",
    "Filters",
    "Outlook",
    "Release",
    "UnknownGrouping",
    "UnprotectedAudience",
    "at_the_limit",
    "build",
    "change",
    "coverage",
    "decomposition",
    "devices",
    "endings",
    "flow_matrix",
    "gates",
    "growth",
    "missing",
    "named_nobody",
    "net_giving",
    "newcomers",
    "outlook",
    "page_times",
    "response_by",
    "response_over_time",
    "seeded",
    "site_flows",
    "target",
    "transitions",
    "whole",
]
