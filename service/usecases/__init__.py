"""What the product does, one file each: they join the store with the analyser and know neither argv nor HTTP."""
