"""Word, HTML and PDF files to Markdown articles."""
