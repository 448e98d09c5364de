"""The area's queries, one noun a file. Each store narrows to the acting person by itself."""

from core.visits.store.catalogue import Catalogue
from core.visits.store.holds import HoldStore
from core.visits.store.slots import SlotStore
from core.visits.store.visits import VisitStore

__all__ = ["Catalogue", "HoldStore", "SlotStore", "VisitStore"]
