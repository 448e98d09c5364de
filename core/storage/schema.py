"""Every area's tables together: for migrations and the test that compares them."""

import core.alerts.tables
import core.identity.tables
import core.intake.tables
import core.support.tables
import core.visits.tables  # noqa: F401
from core.storage.mapping import mapping

metadata = mapping.metadata
