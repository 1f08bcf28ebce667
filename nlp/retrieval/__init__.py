"""Finding what could conflict: encoders, dense and lexical indexes, and the search that joins them.

    spec = read_manifest().spec()                          # or .spec("name"); models/manifest.toml
    encoder = load_encoder(spec)                           # onnxruntime, no torch
    texts = [unit_text(text, title=..., heading=...)]      # title: kind and title of the document
    vectors = encoder.encode_passages(texts, on_progress)  # float32 (n, dim), unit rows
    index = SearchIndex(encoder.dim, encoder.fingerprint)
    index.add([Entry(id=..., number=..., path=..., ...)], texts, vectors)
    index.search(query, encoder.encode_queries([query])[0], k=10, where=Filter(kinds=...))  -> tuple[Hit, ...]
    index.related([Probe(text, vector, id=..., cited=(...))], k=20)                         -> one tuple[Hit, ...] a probe
    make_snippet(text, query)                              # excerpt with the matching words marked
    index.save(folder); SearchIndex.load(folder, encoder.fingerprint)

Import from the modules: `nlp.retrieval.encoders` (Encoder, load_encoder), `.manifest` (read_manifest, EncoderSpec), `.units` (unit_text), `.search`
(SearchIndex, Probe, Hit), `.entries` (Entry, Filter), `.snippets` (make_snippet), `.dense` (DenseIndex), `.lexical` (LexicalIndex).
Nothing is imported here, so that `rasoat --help` stays fast.
"""
