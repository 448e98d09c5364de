"""Alerts as letters."""
