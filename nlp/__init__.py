"""The pure analysis core of rasoat: bytes and text in, findings out. No HTTP, SQL, environment, argv, print or clock."""
