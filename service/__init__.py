"""Storage, jobs, HTTP API, reports and the command line around the analysis core."""
