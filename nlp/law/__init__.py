"""The nouns of Vietnamese normative documents and their grammars. Standard library only; import from the submodules."""
