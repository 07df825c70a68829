"""The numbers of each dashboard page as a CSV file, for those who may see the dashboards."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("downloads", __name__)
