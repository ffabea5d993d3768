"""Alembic's entrance: always on a connection that `run` hands over, inside its transaction."""

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
# The transaction is the caller's: with one open already, Alembic commits nothing.
context.run_migrations()
