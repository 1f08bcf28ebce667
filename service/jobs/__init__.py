"""Long work in a process of its own: durable, resumable, with progress, cancellable."""
