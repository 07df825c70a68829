"""Pages of a questionnaire as forms: what a template shows, and what a posted page means."""

from webapp.forms.build import Problem, StepForm, build

__all__ = ["Problem", "StepForm", "build"]
