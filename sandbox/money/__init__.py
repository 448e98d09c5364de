"""Invoices and what is paid."""
