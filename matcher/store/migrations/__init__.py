"""The steps by which the schema came to be, run by Alembic inside `migrate`."""
