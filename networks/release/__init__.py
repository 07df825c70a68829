"""What a dashboard may read: build a release from frames, then ask it questions, each answered by a small frame."""

from networks.release.build import build
from networks.release.flows import SITE_GROUPS, UnknownGrouping, flow_matrix, net_giving, site_flows
from networks.release.growth import growth
from networks.release.response import response_by, response_over_time
from networks.release.types import ANALYST, ANY, ANY_WAVE, Filters, Release, UnprotectedAudience
from networks.release.whole import whole

__all__ = [
    "ANALYST",
    "ANY",
    "ANY_WAVE",
    "SITE_GROUPS",
    "Filters",
    "Release",
    "UnknownGrouping",
    "UnprotectedAudience",
    "build",
    "flow_matrix",
    "growth",
    "net_giving",
    "response_by",
    "response_over_time",
    "site_flows",
    "whole",
]
