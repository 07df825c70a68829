"""Figures: each function takes a small frame and gives a Plotly figure; no Dash, no database."""
