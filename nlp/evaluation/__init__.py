"""Quality on labelled data: planted corpora and labelled pairs."""
