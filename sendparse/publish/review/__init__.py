"""Reviewing: the report served on this machine alone, with a decision to make on each figure.

desk.py turns what a reviewer sends into decisions, server.py answers the browser.
"""
