"""The rooms joined: a parsed file becomes comparable units (`corpus`), a corpus becomes findings and coverage (`audit`).

Import from the submodules: reading a file must not load what judging needs.
"""
