"""The steps from an empty database to the tables of `schema`, oldest first; applied whenever a workspace is opened."""
