"""An article file to an Article and its passages: formats, front matter, headings, anchors, passages, lint."""
