"""The area's queries."""

from core.alerts.store.alerts import AlertStore

__all__ = ["AlertStore"]
