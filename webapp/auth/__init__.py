"""Signing in and out for evaluators, analysts and administrators."""
