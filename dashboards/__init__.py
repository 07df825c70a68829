"""The dashboards: pages of findings, figures and tables over a release."""
