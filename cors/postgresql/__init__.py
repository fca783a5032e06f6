"""Django's backend for PostgreSQL, with connections that are not waited on for ever."""
