"""What a run leaves for people and machines: findings.jsonl, coverage.json, report.html, report.xlsx."""
