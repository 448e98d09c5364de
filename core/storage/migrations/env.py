"""Alembic runs inside the connection it is given: `core.storage.migrate` owns the transaction and its lock."""

from alembic import context

from core.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
)
context.run_migrations()
