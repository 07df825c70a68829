"""Pages of a questionnaire as forms: what a template shows, and what a posted page means."""

from webapp.forms.build import LISTED, Problem, StepForm, build

__all__ = ["LISTED", "Problem", "StepForm", "build"]
