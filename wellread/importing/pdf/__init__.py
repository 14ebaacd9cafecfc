"""PDFs: the lines of the pages in the order in which they are read, and what stands in them, guessed from the look."""
