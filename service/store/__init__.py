"""What a workspace keeps: files and their versions, documents, provisions, vectors. SQLite by default, PostgreSQL by URL, one code path."""
